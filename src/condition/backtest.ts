import { compile } from './compile.ts';
import type { CompilePattern } from './comparison.ts';
import type { Problem } from './problem.ts';
import type { Facts } from './read.ts';
import { readRule, type SavedRule } from './rule.ts';
import { createTrial, type IsKnown, type Trial } from './trial.ts';

/** What a changed rule would have done to what happened. */
export interface BacktestResult<Item> {
  readonly total: number;
  /** How many the changed rule meets. */
  readonly met: number;
  /** How many it cannot be said of, for one of the rules: what a row looks at is not known. */
  readonly unknown: number;
  /** Met by the changed rule and not by the one before, in the order in which they were added. */
  readonly newlyMet: readonly Item[];
  /** Met by the rule before and not by the changed one. */
  readonly newlyNot: readonly Item[];
}

/** Fed with one happening after another, so that a long log can be read in parts. */
export interface Backtest<Item> {
  add(facts: Facts, item: Item, isKnown?: IsKnown): void;
  result(): BacktestResult<Item>;
}

export type CreatedBacktest<Item> =
  | { readonly ok: true; readonly backtest: Backtest<Item> }
  /** The changed rule cannot be asked. */
  | { readonly ok: false; readonly problems: readonly Problem[] };

type Ask = (facts: Facts, isKnown?: IsKnown) => Trial['met'];

/** A rule before that cannot be asked never let anything through: a refused node meets nothing. */
export function createBacktest<Item>(
  before: SavedRule,
  after: SavedRule,
  compilePattern: CompilePattern,
): CreatedBacktest<Item> {
  const changed = compile(after, compilePattern);
  if (!changed.ok) return changed;
  const askOf = (saved: SavedRule): Ask => {
    const test = createTrial(readRule(saved), compilePattern);
    return (facts, isKnown) => test(facts, isKnown).met;
  };
  const earlier: Ask = compile(before, compilePattern).ok ? askOf(before) : () => false;
  return { ok: true, backtest: compare(earlier, askOf(after)) };
}

function compare<Item>(before: Ask, after: Ask): Backtest<Item> {
  const newlyMet: Item[] = [];
  const newlyNot: Item[] = [];
  let total = 0;
  let met = 0;
  let unknown = 0;
  return {
    add(facts, item, isKnown) {
      const was = before(facts, isKnown);
      const is = after(facts, isKnown);
      total += 1;
      if (is) met += 1;
      if (is === undefined || was === undefined) unknown += 1;
      else if (is && !was) newlyMet.push(item);
      else if (was && !is) newlyNot.push(item);
    },
    result: () => ({ total, met, unknown, newlyMet, newlyNot }),
  };
}
