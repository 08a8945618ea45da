import { make } from '../../nodes/shared/make.editor.ts';
import type { EventSummary } from '../../src/trace/log-types.ts';
import { makeSign, makeWords } from './dom.editor.ts';
import { outcomeLooks } from './outcomes.editor.ts';
import { tellWhy } from './row-words.editor.ts';
import { timeOf } from './time.editor.ts';
import { say } from './words.editor.ts';

/** One event in the list: who, when, what was said, and what came of it. */
export function makeRow(summary: EventSummary, open: (id: string) => void): HTMLElement {
  const { id, at, contact, phoneTail, text, outcome, why } = summary;
  const who = contact === '' ? say(`event.${eventKey(summary)}`) : contact;
  const isTailNews = phoneTail !== undefined && !contact.endsWith(phoneTail);
  const tail = isTailNews ? [make('span', { class: 'wat-tail' }, `··${phoneTail}`)] : [];
  const button = make(
    'button',
    { type: 'button', class: 'wat-row', 'data-event': id },
    make('span', { class: 'wat-sign' }, makeSign(outcomeLooks[outcome])),
    make(
      'span',
      { class: 'wat-row-body' },
      make(
        'span',
        { class: 'wat-row-top' },
        make('span', { class: 'wat-who' }, makeWords(who), ...tail),
        make('time', { datetime: at }, timeOf(at, new Date())),
      ),
      make('span', { class: 'wat-said' }, ...said(summary, text)),
      make(
        'span',
        { class: 'wat-why' },
        make('b', {}, say(`outcome.${outcome}`)),
        ' ',
        ...tellWhy(why),
      ),
    ),
  );
  button.addEventListener('click', () => open(id));
  return make('li', {}, button);
}

function said(summary: EventSummary, text: string): readonly (Node | string)[] {
  if (text !== '') return [makeWords(text)];
  return summary.contact === '' ? [] : [say(`event.${eventKey(summary)}`)];
}

export function eventKey({ name }: EventSummary): string {
  return name.replace('.', '-');
}
