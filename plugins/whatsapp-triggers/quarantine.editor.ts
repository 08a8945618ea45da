import { configName } from '../../nodes/shared/labels.editor.ts';
import { make, makeIconButton } from '../../nodes/shared/make.editor.ts';
import { ask } from './ask.editor.ts';
import { makeKeyedList, makeNotice, makeWords } from './dom.editor.ts';
import type { KeptView } from './letters.editor.ts';
import { timeOf } from './time.editor.ts';
import { say } from './words.editor.ts';

interface Kept {
  readonly id: number;
  readonly at: number;
  readonly accountId: string;
  readonly path: string;
  readonly reason: string;
  readonly body: string;
}

const shown = 100;

/** The signed requests that nobody could read, and what was under way each time that the process died. */
export function makeQuarantine(): KeptView {
  const notice = makeNotice();
  const list = make('ul', { class: 'wat-list', 'aria-label': say('quarantine.list') });
  const refresh = makeIconButton('fa-refresh', say('quarantine.refresh'), () => void load());
  const bar = make('div', { class: 'wat-bar' }, notice.element, refresh);
  const element = make('div', { class: 'wat-scroll' }, bar, list);
  const showKept = makeKeyedList<Kept>(list, ({ at, id }) => `${at} ${id}`, makeKept);

  async function load(): Promise<void> {
    try {
      const query = { limit: String(shown) };
      const { quarantined } = await ask<{ quarantined: readonly Kept[] }>('log', undefined, query);
      showKept(quarantined);
      const count = quarantined.length;
      notice.say(count === 0 ? say('quarantine.none') : say('quarantine.count', { count }));
    } catch (error) {
      notice.say(say('log.failed', { reason: (error as Error).message }));
    }
  }
  return { element, refresh: () => void load() };
}

function makeKept({ at, accountId, path, reason, body }: Kept): HTMLElement {
  const account = configName(accountId) || accountId || path;
  const time = new Date(at).toISOString();
  const text = make('pre', { class: 'wat-code', tabindex: '0' });
  text.textContent = body;
  return make(
    'li',
    { class: 'wat-kept' },
    make(
      'div',
      { class: 'wat-row-top' },
      makeWords(account, 'wat-who'),
      make('time', { datetime: time }, timeOf(time, new Date())),
    ),
    make('div', {}, makeWords(reason)),
    make('details', {}, make('summary', {}, say('quarantine.body')), text),
  );
}
