import { make } from '../../nodes/shared/make.editor.ts';
import type { EventPage, EventSummary } from '../../src/trace/log-types.ts';
import { ask } from './ask.editor.ts';
import { makeButton, makeKeyedList, makeLink, makeNotice, whileShown } from './dom.editor.ts';
import { addSimulator, hasSimulator } from './first-account.editor.ts';
import { makeFilters } from './filters.editor.ts';
import { makeLetters } from './letters.editor.ts';
import { makeRow } from './log-row.editor.ts';
import { merged, paramsOf } from './log-query.editor.ts';
import { makeQuarantine } from './quarantine.editor.ts';
import { makeTrace } from './trace-view.editor.ts';
import { say } from './words.editor.ts';

export interface LogView {
  readonly element: HTMLElement;
  /** Reads anew. */
  readonly refresh: () => void;
  /** Shows the way of one event. */
  readonly open: (id: string) => void;
}

const pageSize = 50;
const pace = 2_000;

/** The list of events with its filters, and in its place the way of the one that was chosen. */
export function makeLog(simulate: () => void): LogView {
  const notice = makeNotice();
  const list = make('ul', { class: 'wat-list', 'aria-label': say('log.list') });
  const more = makeButton(say('log.more'), () => void load('more'));
  const hint = make('div', { class: 'wat-hint' });
  const sampled = make('p', { class: 'wat-hint' }, say('log.sampled'));
  const filters = makeFilters(() => void load('anew'));
  const letters = makeLetters();
  const quarantine = makeQuarantine();
  const events = make('div', { class: 'wat-scroll' }, hint, list, sampled, more);
  const front = make(
    'div',
    { class: 'wat-page' },
    filters.element,
    notice.element,
    events,
    letters.element,
    quarantine.element,
  );
  const element = make('div', { class: 'wat-page' }, front);
  const showRows = makeKeyedList<EventSummary>(
    list,
    ({ id }) => id,
    (summary) => makeRow(summary, open),
  );

  let known: readonly EventSummary[] = [];
  let next: string | undefined;
  let turn = 0;

  async function load(how: 'anew' | 'again' | 'more'): Promise<void> {
    const filter = filters.read();
    const isOfEvents = filter.show !== 'letters' && filter.show !== 'quarantine';
    events.hidden = !isOfEvents;
    letters.element.hidden = filter.show !== 'letters';
    quarantine.element.hidden = filter.show !== 'quarantine';
    if (filter.show === 'letters') return letters.refresh();
    if (filter.show === 'quarantine') return quarantine.refresh();
    const mine = (turn += how === 'again' ? 0 : 1);
    try {
      const before = how === 'more' ? next : undefined;
      const query = paramsOf(filter, pageSize, before);
      const page = await ask<EventPage>('log/events', undefined, query);
      if (mine === turn) take(page, how);
    } catch (error) {
      if (mine === turn) notice.say(say('log.failed', { reason: (error as Error).message }));
    }
  }

  function take(page: EventPage, how: 'anew' | 'again' | 'more'): void {
    if (how === 'anew') known = page.events;
    else if (how === 'again') known = merged(page.events, known);
    else known = merged(known, page.events);
    if (how !== 'again' || known.length <= pageSize) next = page.next;
    notice.say();
    showRows(known);
    more.hidden = next === undefined;
    sampled.hidden = !page.sampled;
    showHint();
  }

  function showHint(): void {
    const { show, search, account, node } = filters.read();
    const isNarrow = show !== 'all' || search !== '' || account !== '' || node !== undefined;
    hint.hidden = known.length > 0;
    if (isNarrow) hint.replaceChildren(make('p', {}, say('log.noneFound')));
    else {
      const go = hasSimulator()
        ? makeLink([say('log.trySimulator')], simulate)
        : makeLink([say('scene.addAccount')], begin);
      hint.replaceChildren(make('p', {}, say('log.empty')), make('p', {}, go));
    }
  }

  function begin(): void {
    addSimulator();
    simulate();
  }

  function open(id: string): void {
    const trace = makeTrace(id, () => {
      trace.element.remove();
      front.hidden = false;
      list.querySelector<HTMLElement>(`[data-event="${CSS.escape(id)}"]`)?.focus();
      void load('again');
    });
    front.hidden = true;
    element.querySelector('.wat-trace')?.remove();
    element.append(trace.element);
    trace.begin();
  }

  for (const part of [more, sampled, letters.element, quarantine.element]) part.hidden = true;
  whileShown(front, pace, () => void load('again'));
  return { element, open, refresh: () => void load('anew') };
}
