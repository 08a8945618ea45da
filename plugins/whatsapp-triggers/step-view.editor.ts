import { make } from '../../nodes/shared/make.editor.ts';
import type { StepNode } from '../../src/trace/log-types.ts';
import { makeButton, makeNodeLink, makeSign, makeWords } from './dom.editor.ts';
import type { Fact, RowView, TimelineItem } from './timeline.editor.ts';
import { phrase, say } from './words.editor.ts';

/** A station of the line: where it was, what came of it, and what there is to know. */
export function makeStep(item: TimelineItem, again: (node: string) => void): HTMLElement {
  const { look, node, kind, outcome, offset, duration, facts, rows, result } = item;
  return make(
    'li',
    { class: 'wat-step' },
    make('span', { class: 'wat-stop' }, makeSign(look)),
    make(
      'div',
      { class: 'wat-step-body' },
      make(
        'div',
        { class: 'wat-row-top' },
        make('span', { class: 'wat-where' }, ...where(node, kind)),
        make('span', { class: 'wat-quiet' }, offset),
      ),
      make('div', {}, say(`step.${outcome}`), ...took(duration)),
      ...facts.map(makeFact),
      ...makeRows(rows.all, 'rows.all'),
      ...makeRows(rows.any, 'rows.any'),
      ...(result === '' ? [] : [makeResult(result)]),
      ...(item.again && node ? [makeAgain(node, again)] : []),
    ),
  );
}

function where(node: StepNode | undefined, kind: string): readonly (Node | string)[] {
  if (!node) return [say(`kind.${kind}`)];
  const { id, name, type } = node;
  const link = makeNodeLink(id, name || type);
  return name === '' ? [link] : [link, ' ', make('span', { class: 'wat-quiet' }, type)];
}

/** Less than a millisecond is not worth a word. */
function took(duration: number | undefined): readonly (Node | string)[] {
  if (duration === undefined || duration < 1) return [];
  const text = say('step.took', { duration: Math.round(duration) });
  return [' ', make('span', { class: 'wat-quiet' }, text)];
}

function makeFact(fact: Fact): HTMLElement {
  const children = 'words' in fact ? [makeWords(fact.words)] : phrase(fact.key, fact.values);
  return make('div', { class: 'wat-fact' }, ...children);
}

function makeRows(rows: readonly RowView[], label: string): HTMLElement[] {
  if (rows.length === 0) return [];
  const list = make('ul', { class: 'wat-rows', 'aria-label': say(label) });
  list.append(...rows.map(makeRowView));
  return [make('div', { class: 'wat-quiet' }, say(label)), list];
}

function makeRowView({ text, met, actual }: RowView): HTMLElement {
  const icon = met ? 'fa-check wat-good' : 'fa-times wat-bad';
  const verdict = make('span', { class: 'wat-unseen' }, say(met ? 'rows.met' : 'rows.notMet'), ' ');
  const told = actual === undefined ? [say('rows.absent')] : phrase('rows.actual', { actual });
  return make(
    'li',
    {},
    make('i', { class: `fa ${icon}`, 'aria-hidden': 'true' }),
    make('div', {}, verdict, makeWords(text), make('div', { class: 'wat-quiet' }, ...told)),
  );
}

function makeResult(result: string): HTMLElement {
  const text = make('pre', { class: 'wat-code', tabindex: '0' });
  text.textContent = result;
  return make('details', {}, make('summary', {}, say('trace.result')), text);
}

function makeAgain({ id, name, type }: StepNode, again: (node: string) => void): HTMLElement {
  const button = makeButton(say('trace.resendOne'), () => again(id), 'fa-repeat');
  button.setAttribute('aria-label', say('trace.resendTo', { node: name || type }));
  return make('div', { class: 'wat-actions' }, button);
}
