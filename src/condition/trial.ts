import { compileRows } from './compile.ts';
import type { CompilePattern, Finding } from './comparison.ts';
import { isFault } from './problem.ts';
import type { Facts } from './read.ts';
import type { Row, Rule } from './rule.ts';

/** What each row finds; undefined for one that cannot be asked. */
export interface Trial {
  readonly all: readonly (Finding | undefined)[];
  readonly any: readonly (Finding | undefined)[];
  /** Undefined where it depends on a row that cannot be asked. */
  readonly met: boolean | undefined;
}

/** Whether the facts hold what a row looks at, so that what it found can be believed. */
export type IsKnown = (row: Row, finding: Finding) => boolean;

/** Asks a rule that may be unfinished: a form shows what its rows say while it is written. */
export function createTrial(
  rule: Rule,
  compilePattern: CompilePattern,
): (facts: Facts, isKnown?: IsKnown) => Trial {
  const compiled = compileRows(rule, compilePattern);
  return (facts, isKnown = () => true) => {
    const found = compiled.map((row) => {
      if (isFault(row)) return undefined;
      const finding = row.look(facts);
      return isKnown(row.row, finding) ? finding : undefined;
    });
    const all = found.slice(0, rule.all.length);
    const any = found.slice(rule.all.length);
    return { all, any, met: isMet(all, any) };
  };
}

function isMet(all: Trial['all'], any: Trial['any']): boolean | undefined {
  const isFalse = (finding: Finding | undefined): boolean => finding?.met === false;
  const isTrue = (finding: Finding | undefined): boolean => finding?.met === true;
  if (all.some(isFalse) || (any.length > 0 && any.every(isFalse))) return false;
  return all.every(isTrue) && (any.length === 0 || any.some(isTrue)) ? true : undefined;
}
