import { compileRows } from './compile.ts';
import type { CompilePattern } from './comparison.ts';
import type { Finding, Known, PlacedRow } from './finding.ts';
import { hintsAbout } from './hints.ts';
import { logicOf, outcomeOf } from './logic.ts';
import { isFault } from './problem.ts';
import { type ListName, readRule, type SavedRule } from './rule.ts';

export interface Lint {
  readonly findings: readonly Finding[];
  /** Whether it depends on the event that the rule is met. */
  readonly met: 'never' | 'always' | 'depends';
}

/**
 * What is wrong in a rule, contradictory or superfluous, row by row. What it calls impossible or
 * certain is so; not everything that is, is found.
 */
export function lint(saved: SavedRule, known: Known, compilePattern: CompilePattern): Lint {
  const faults: Finding[] = [];
  const sound: Record<ListName, PlacedRow[]> = { all: [], any: [] };
  const rule = readRule(saved);
  const compiled = compileRows(rule, compilePattern);
  for (const [index, row] of compiled.entries()) {
    if (isFault(row)) faults.push({ ...row, level: 'fault' });
    else {
      const place = { list: row.list, row: row.list === 'all' ? index : index - rule.all.length };
      const text = missingAccount(row.row.field, row.wanted, known);
      if (text === undefined) sound[row.list].push({ ...place, compiled: row });
      else faults.push({ ...place, code: 'unknownAccount', level: 'fault', text });
    }
  }
  const { all, any } = sound;
  const isSound = compiled.length > 0 && faults.length === 0;
  return {
    findings: [
      ...faults,
      ...logicOf(all, any, known.accounts),
      ...hintsAbout([...all, ...any], known),
    ],
    met: isSound ? outcomeOf(all, any, known.accounts) : 'depends',
  };
}

function missingAccount(
  field: string,
  wanted: readonly string[],
  { accounts }: Known,
): string | undefined {
  if (field !== 'account') return undefined;
  return wanted.find((text) => !accounts.some((names) => names.includes(text)));
}
