import { make } from '../../nodes/shared/make.editor.ts';
import { makeKeyedList, makeLink, makeWords } from './dom.editor.ts';
import type { Entry, Talk } from './talk.editor.ts';
import { phrase, say } from './words.editor.ts';

export interface TalkView {
  readonly element: HTMLElement;
  show(talk: Talk): void;
}

/** The conversation: each thing that became an event leads to the log's answer. */
export function makeTalk(openEvent: (id: string) => void): TalkView {
  const empty = make('p', { class: 'wat-hint' }, say('talk.empty'));
  const list = make('ol', { class: 'wat-talk-list' });
  const element = make(
    'div',
    { class: 'wat-talk', role: 'log', 'aria-label': say('talk.label'), tabindex: '0' },
    empty,
    list,
  );
  const show = makeKeyedList<Entry>(
    list,
    ({ key }) => key,
    (entry) => makeEntry(entry, openEvent),
  );
  return {
    element,
    show: ({ entries }) => {
      const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
      empty.hidden = entries.length > 0;
      show(entries);
      if (isAtEnd) element.scrollTop = element.scrollHeight;
    },
  };
}

function makeEntry(entry: Entry, openEvent: (id: string) => void): HTMLElement {
  const { side, note, eventId } = entry;
  const why = eventId === undefined ? [] : [makeLink([say('talk.why')], () => openEvent(eventId))];
  if (note) {
    const text = phrase(`note.${note.key}`, { who: note.who });
    return make('li', { class: 'wat-note' }, make('span', {}, ...text), ...why);
  }
  const content =
    entry.text === ''
      ? make('span', { class: 'wat-quiet' }, say(`type.${knownType(entry.type)}`))
      : makeWords(entry.text);
  const speaker = make('span', { class: 'wat-unseen' }, say(`talk.${side}`), ': ');
  return make(
    'li',
    { class: `wat-bubble wat-${side}` },
    make('div', { class: 'wat-bubble-text', dir: 'auto' }, speaker, content),
    make('div', { class: 'wat-bubble-foot' }, make('span', {}, ...stateOf(entry)), ...why),
  );
}

const types = new Set(['text', 'image', 'location', 'interactive']);

function knownType(type: string): string {
  return types.has(type) ? type : 'other';
}

function stateOf({ outcome, sent, told, status }: Entry): readonly (Node | string)[] {
  if (outcome && 'error' in outcome) return phrase('talk.notSent', { reason: outcome.error });
  if (outcome && outcome.status !== 200) return phrase('talk.refused', { status: outcome.status });
  if (sent > 0 && !outcome) return [say('talk.sending')];
  const parts = [
    sent > 1 ? say('talk.again', { sent, told }) : '',
    status ? say(`status.${status}`) : '',
  ].filter((part) => part !== '');
  return [parts.length > 0 ? parts.join(' · ') : '✓'];
}
