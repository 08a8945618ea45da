import { make } from '../../nodes/shared/make.editor.ts';
import type {
  EventSummary,
  EventTrace,
  ResendAnswer,
  ResendRequest,
  TestCase,
} from '../../src/trace/log-types.ts';
import { ask, type AskError } from './ask.editor.ts';
import {
  makeButton,
  makeNodeLink,
  makeNotice,
  makeSign,
  makeWords,
  whileShown,
} from './dom.editor.ts';
import { eventKey } from './log-row.editor.ts';
import { outcomeLooks } from './outcomes.editor.ts';
import { rowWords, tellWhy } from './row-words.editor.ts';
import { saveText } from './save-text.editor.ts';
import { makeStep } from './step-view.editor.ts';
import { dateOf } from './time.editor.ts';
import { timelineOf } from './timeline.editor.ts';
import { phrase, say } from './words.editor.ts';

const pace = 2_000;

export interface TraceView {
  readonly element: HTMLElement;
  /** To be called when it is in the document. */
  begin(): void;
}

/** One event from its request to the last receipt, as a line with its stations; `back` leaves it. */
export function makeTrace(id: string, back: () => void): TraceView {
  const notice = makeNotice();
  const title = make('h3', { class: 'wat-title', tabindex: '-1' });
  const head = make('div', { class: 'wat-head' });
  const steps = make('ol', { class: 'wat-line', 'aria-label': say('trace.steps') });
  const actions = make('div', { class: 'wat-actions' });
  const top = make(
    'div',
    { class: 'wat-bar' },
    makeButton(say('trace.back'), back, 'fa-chevron-left'),
  );
  const element = make(
    'section',
    { class: 'wat-page wat-trace', 'aria-label': say('trace.label') },
    top,
    make('div', { class: 'wat-scroll' }, title, head, actions, notice.element, steps),
  );
  const path = `log/events/${encodeURIComponent(id)}`;
  let last = '';

  async function load(): Promise<void> {
    try {
      const trace = await ask<EventTrace>(path);
      const text = JSON.stringify(trace);
      if (text !== last) show(trace);
      last = text;
    } catch (error) {
      if (last === '') notice.say(say('trace.gone', { reason: (error as Error).message }));
    }
  }

  function show(trace: EventTrace): void {
    const { summary, event, masked } = trace;
    title.replaceChildren(makeWords(summary.contact || say(`event.${eventKey(summary)}`)));
    head.replaceChildren(...headOf(summary), ...lacks(masked));
    const open = openFolds(steps);
    const items = timelineOf(trace, rowWords);
    steps.replaceChildren(...items.map((item) => makeStep(item, (node) => void resend(node))));
    reopen(steps, open);
    if (event && actions.childElementCount === 0) {
      actions.append(
        makeButton(say('trace.resend'), () => void resend(), 'fa-repeat'),
        makeButton(say('trace.saveCase'), () => void saveCase(), 'fa-download'),
      );
    }
  }

  async function resend(node?: string): Promise<void> {
    try {
      const wanted: ResendRequest = node === undefined ? {} : { node };
      const { nodes } = await ask<ResendAnswer>(`${path}/resend`, wanted);
      const names = nodes.map(({ name, type }) => name || type).join(', ');
      notice.say(...phrase('trace.resent', { nodes: names }));
      await load();
    } catch (error) {
      notice.say(...refusal(error));
    }
  }

  async function saveCase(): Promise<void> {
    try {
      const kept = await ask<TestCase>(`${path}/case`);
      const name = `${fileName(kept.name) || 'event'}.json`;
      saveText(name, `${JSON.stringify(kept, null, 2)}\n`);
      notice.say(...phrase('trace.saved', { name }));
    } catch (error) {
      notice.say(...refusal(error));
    }
  }

  element.addEventListener('keydown', (pressed) => {
    if (pressed.key !== 'Escape') return;
    // The editor would look for its own meaning in an element that is gone by then.
    pressed.stopPropagation();
    back();
  });
  return {
    element,
    begin: () => {
      title.replaceChildren(say('trace.loading'));
      title.focus();
      void load();
      whileShown(element, pace, () => void load());
    },
  };
}

function headOf(summary: EventSummary): HTMLElement[] {
  const { account, at, interactionId, text, outcome, why } = summary;
  const facts = [say(`event.${eventKey(summary)}`), account.name || account.id, dateOf(at)];
  const { nodeId } = why.values;
  const name = why.values['node'] ?? why.values['trigger'];
  return [
    make('p', { class: 'wat-quiet' }, makeWords(facts.filter((fact) => fact !== '').join(' · '))),
    ...(text === '' ? [] : [make('blockquote', { class: 'wat-quote', dir: 'auto' }, text)]),
    make(
      'div',
      { class: `wat-verdict wat-edge-${outcomeLooks[outcome].tone}` },
      make('p', {}, makeSign(outcomeLooks[outcome]), ' ', make('b', {}, say(`outcome.${outcome}`))),
      make('p', {}, ...tellWhy(why)),
      ...(typeof nodeId === 'string' && nodeId !== ''
        ? [make('p', {}, `${say('trace.goTo')} `, makeNodeLink(nodeId, String(name ?? nodeId)))]
        : []),
    ),
    ...(interactionId === ''
      ? []
      : [
          make(
            'p',
            { class: 'wat-quiet wat-id' },
            ...phrase('trace.interaction', { id: interactionId }),
          ),
        ]),
  ];
}

function lacks(masked: EventTrace['masked']): HTMLElement[] {
  if (masked.length === 0) return [];
  const what = masked.map((lack) => say(`lack.${lack}`)).join(', ');
  return [make('p', { class: 'wat-quiet' }, ...phrase('trace.masked', { what }))];
}

function refusal(error: unknown): readonly (Node | string)[] {
  const { reason, message } = error as AskError;
  const known = reason && say(`refusal.${reason}`);
  const told = known && known !== `refusal.${reason}` && !known.includes(':refusal.');
  return told ? [known] : phrase('trace.refused', { reason: message });
}

/** Which of the steps were unfolded, by their place: the list only grows. */
function openFolds(list: HTMLElement): readonly boolean[] {
  return [...list.querySelectorAll('details')].map(({ open }) => open);
}

function reopen(list: HTMLElement, open: readonly boolean[]): void {
  for (const [index, fold] of list.querySelectorAll('details').entries()) {
    fold.open = open[index] ?? fold.open;
  }
}

function fileName(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
}
