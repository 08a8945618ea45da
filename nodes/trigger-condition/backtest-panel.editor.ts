import { quote } from '../../src/condition/quote.ts';
import type { Rule, SavedRule } from '../../src/condition/rule.ts';
import type { BacktestAnswer, BacktestRequest, EventSummary } from '../../src/trace/log-types.ts';
import { make } from '../shared/make.editor.ts';
import type { Say } from '../shared/say.editor.ts';
import { deployedRule } from './deployed-rule.editor.ts';

export interface BacktestContext {
  readonly say: Say;
  readonly node: EditorNode;
  readonly rule: () => Rule;
  /** The trigger-variables node that is chosen. */
  readonly variables: () => string;
}

export interface BacktestPanel {
  readonly element: HTMLElement;
  /** The rule is no longer the one that was tested. */
  readonly outdate: () => void;
}

const format = new Intl.NumberFormat();

/** The rule as it stands in the form over all recorded events, beside the one that is deployed. */
export function makeBacktestPanel({ say, node, rule, variables }: BacktestContext): BacktestPanel {
  const result = make('div', { class: 'wa-backtest', role: 'status' });
  const button = make('button', { type: 'button', class: 'red-ui-button' }, say('backtest.run'));
  let asked = 0;

  function run(): void {
    asked += 1;
    const mine = asked;
    const show = (...parts: readonly (HTMLElement | string)[]): void => {
      if (mine === asked) result.replaceChildren(...parts);
    };
    show(say('backtest.busy'));
    deployedRule(node, (before) => {
      // The form may have been closed meanwhile.
      if (!result.isConnected) return;
      ask({ before: before ?? {}, after: rule(), variables: variables() })
        .done((answer: BacktestAnswer) => show(...answerParts(answer, before, say)))
        .fail(({ responseJSON }) => {
          const { error } = (responseJSON ?? {}) as { readonly error?: string };
          show(error ?? say('backtest.failed'));
        });
    });
  }
  button.addEventListener('click', run);

  function outdate(): void {
    asked += 1;
    result.replaceChildren();
  }

  const note = make('div', { class: 'wa-state' }, say('backtest.note'));
  const row = make('div', { class: 'wa-stack' }, button, note, result);
  return { element: row, outdate };
}

function ask(request: BacktestRequest) {
  return $.ajax({
    url: 'whatsapp-triggers/log/backtest',
    method: 'POST',
    contentType: 'application/json',
    data: JSON.stringify(request),
  });
}

function answerParts(
  answer: BacktestAnswer,
  before: SavedRule | undefined,
  say: Say,
): readonly (HTMLElement | string)[] {
  const { total, met, unknown, newlyMet, newlyNot, gained, lost, since } = answer;
  if (total === 0) return [say('backtest.none')];
  const counts = { met: format.format(met), total: format.format(total), since: timeOf(since) };
  const open =
    unknown > 0
      ? [make('div', {}, say('backtest.unknown', { unknown: format.format(unknown) }))]
      : [];
  if (!before) return [make('div', {}, say('backtest.first', counts)), ...open];
  const headOf = (which: 'gained' | 'lost', listed: number, all: number): string =>
    listed < all ? say(`backtest.${which}Cut`, { count: listed }) : say(`backtest.${which}`);
  const changes = { gained: format.format(gained), lost: format.format(lost) };
  return [
    make('div', {}, `${say('backtest.counts', counts)} ${say('backtest.changes', changes)}`),
    ...open,
    ...eventList(headOf('gained', newlyMet.length, gained), newlyMet),
    ...eventList(headOf('lost', newlyNot.length, lost), newlyNot),
  ];
}

function eventList(label: string, events: readonly EventSummary[]): readonly HTMLElement[] {
  if (events.length === 0) return [];
  const lines = events.map(({ at, name, contact, text }) => {
    const facts = [timeOf(at), name, contact, text === '' ? '' : quote(text)];
    return make('li', {}, facts.filter((fact) => fact !== '').join(' · '));
  });
  return [
    make('div', { class: 'wa-caption' }, label),
    make('ul', { class: 'wa-events', 'aria-label': label, tabindex: '0' }, ...lines),
  ];
}

function timeOf(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' });
}
