import type { EventTrace, Step, StepNode, StepRow } from '../../src/trace/log-types.ts';
import { type Look, stepLooks } from './outcomes.editor.ts';
import { actualText, reasonOf, type RowWords, rowText } from './reasons.editor.ts';
import { offsetOf } from './time.editor.ts';
import type { Values } from './pieces.editor.ts';

/** One line below a step: a text of the catalogue with values, or somebody else's words. */
export type Fact = { readonly key: string; readonly values: Values } | { readonly words: string };

export interface RowView {
  readonly text: string;
  readonly met: boolean;
  /** Undefined = the event had none. */
  readonly actual: string | undefined;
}

export interface TimelineItem {
  readonly look: Look;
  readonly kind: Step['kind'];
  readonly outcome: Step['outcome'];
  readonly node: StepNode | undefined;
  readonly offset: string;
  /** How long it took, in milliseconds. */
  readonly duration: number | undefined;
  readonly facts: readonly Fact[];
  readonly rows: { readonly all: readonly RowView[]; readonly any: readonly RowView[] };
  /** What it added to `msg`, as text to be unfolded. */
  readonly result: string;
  /** Whether this one action can be done again. */
  readonly again: boolean;
}

/** An event's way as lines of a picture: what, where, how much later, and what there is to know. */
export function timelineOf({ steps, event }: EventTrace, words: RowWords): TimelineItem[] {
  const [first] = steps;
  return steps.map((step) => {
    const { kind, outcome, node, at, detail } = step;
    const rows = detail.conditions ?? [];
    const view = (list: StepRow['list']): readonly RowView[] =>
      rows.filter((row) => row.list === list).map((row) => rowView(row, words));
    return {
      look: stepLooks[outcome],
      kind,
      outcome,
      node,
      offset: offsetOf(at, first?.at ?? at),
      duration: detail.duration,
      facts: factsOf(step, words),
      rows: { all: view('all'), any: view('any') },
      result: resultOf(step),
      again: event !== null && node !== undefined && (kind === 'action' || kind === 'send'),
    };
  });
}

function rowView(row: StepRow, words: RowWords): RowView {
  const { field, met, present, actual } = row;
  const isThere = present && actual !== null;
  return {
    text: rowText(row, words),
    met,
    actual: isThere ? actualText(field, actual, words) : undefined,
  };
}

function factsOf({ kind, detail }: Step, words: RowWords): readonly Fact[] {
  const { sentence, error, statusCode, attempts, agent, reason, path, values } = detail;
  const facts: (Fact | undefined)[] = [
    kind === 'decision' && sentence ? { words: sentence } : undefined,
    error && { key: 'fact.error', values: { code: error.code, message: error.message } },
    fact('status', statusCode ?? numberAt(detail.response, 'statusCode')),
    fact('attempts', attempts ?? severalAt(detail.response, 'attempts')),
    fact('exitCode', numberAt(detail.script, 'exitCode')),
    fact('receipt', textAt(detail.receipt, 'status')),
    fact('agents', namesAt(detail.receipt, 'agents') || agent),
    fact('because', textAt(detail.receipt, 'reason')),
    fact('sent', textAt(detail.sent, 'id')),
    reason === undefined
      ? undefined
      : reasonOf({ key: reason as 'unreadable', values: { path: path ?? '', ...values } }, words),
  ];
  return facts.filter((one) => one !== undefined);
}

function fact(name: string, value: string | number | undefined): Fact | undefined {
  return value === undefined || value === ''
    ? undefined
    : { key: `fact.${name}`, values: { value } };
}

function resultOf({ detail }: Step): string {
  const { response, receipt, script, sent, stubbed } = detail;
  const added = { response, receipt, script, sent, stubbed };
  const known = Object.entries(added).filter(([, value]) => value !== undefined);
  return known.length === 0 ? '' : JSON.stringify(Object.fromEntries(known), null, 2);
}

function at(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined;
  return (holder as Readonly<Record<string, unknown>>)[name];
}

function textAt(holder: unknown, name: string): string | undefined {
  const value = at(holder, name);
  return typeof value === 'string' ? value : undefined;
}

function numberAt(holder: unknown, name: string): number | undefined {
  const value = at(holder, name);
  return typeof value === 'number' ? value : undefined;
}

/** Once is what everybody expects. */
function severalAt(holder: unknown, name: string): number | undefined {
  const value = numberAt(holder, name);
  return value !== undefined && value > 1 ? value : undefined;
}

function namesAt(holder: unknown, name: string): string | undefined {
  const value = at(holder, name);
  return Array.isArray(value)
    ? value.filter((one) => typeof one === 'string').join(', ')
    : undefined;
}
