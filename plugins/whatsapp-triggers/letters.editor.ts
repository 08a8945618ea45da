import { make, makeIconButton } from '../../nodes/shared/make.editor.ts';
import { ageOf } from '../../nodes/url-forward/age.editor.ts';
import { ask } from './ask.editor.ts';
import { makeButton, makeKeyedList, makeNodeLink, makeNotice, makeWords } from './dom.editor.ts';
import { phrase, say } from './words.editor.ts';

interface Letter {
  readonly id: string;
  readonly node: string;
  readonly state: 'waiting' | 'answered' | 'dead';
  readonly target: string;
  readonly attempts: number;
  readonly createdAt: string;
  readonly code?: string;
  readonly reason?: string;
}

interface Listed {
  readonly waiting: number;
  readonly dead: number;
  readonly forwards: readonly Letter[];
}

export interface KeptView {
  readonly element: HTMLElement;
  refresh(): void;
}

const shown = 100;

/** The requests that failed for good and those that wait for another try, of every url-forward. */
export function makeLetters(): KeptView {
  const notice = makeNotice();
  const list = make('ul', { class: 'wat-list', 'aria-label': say('letters.list') });
  const refresh = makeIconButton('fa-refresh', say('letters.refresh'), () => void load());
  const bar = make('div', { class: 'wat-bar' }, notice.element, refresh);
  const element = make('div', { class: 'wat-scroll' }, bar, list);
  const showLetters = makeKeyedList<Letter>(list, ({ id }) => id, row);

  async function load(): Promise<void> {
    try {
      const query = { limit: String(shown) };
      const { forwards, waiting, dead } = await ask<Listed>('forwards', undefined, query);
      showLetters(forwards);
      const isEmpty = forwards.length === 0;
      notice.say(isEmpty ? say('letters.none') : say('letters.counts', { waiting, dead }));
    } catch (error) {
      notice.say(say('log.failed', { reason: (error as Error).message }));
    }
  }

  async function act(what: 'resend' | 'discard', id: string): Promise<void> {
    try {
      await ask(`forwards/${what}`, { ids: [id] });
      await load();
    } catch (error) {
      notice.say(say('log.failed', { reason: (error as Error).message }));
    }
  }

  function row(letter: Letter): HTMLElement {
    const { id, node, state, target, attempts, createdAt, code, reason } = letter;
    const age = ageOf(Date.now() - Date.parse(createdAt));
    const known = RED.nodes.node(node);
    return make(
      'li',
      { class: 'wat-kept' },
      make(
        'div',
        {},
        make('b', {}, say(`letters.${state}`)),
        ' ',
        makeNodeLink(node, known?.name || say('letters.node')),
      ),
      make('div', {}, makeWords(target)),
      make('div', { class: 'wat-quiet' }, ...phrase('letters.facts', { age, count: attempts })),
      make('div', { class: 'wat-quiet' }, makeWords([code, reason].filter(Boolean).join(': '))),
      make(
        'div',
        { class: 'wat-actions' },
        makeButton(say('letters.resend'), () => void act('resend', id)),
        makeButton(say('letters.discard'), () => void act('discard', id)),
      ),
    );
  }

  return { element, refresh: () => void load() };
}
