import type { Trigger } from './compile.ts';
import type { Finding } from './comparison.ts';
import type { Facts } from './read.ts';
import type { ListName, Row } from './rule.ts';

/** One row, what it wanted and what it found; the order of the keys is the one that people read. */
export interface Condition extends Finding {
  readonly list: ListName;
  readonly field: string;
  readonly name?: string;
  readonly path?: string;
  readonly operator: string;
  readonly value: unknown;
  readonly ifPresent?: true;
  readonly ignoreCase?: true;
}

export interface Verdict {
  readonly met: boolean;
  /** Every row, the ones of `all` first, also those that no longer mattered. */
  readonly conditions: readonly Condition[];
}

/** Whether the rule is met, and why: an empty list asks for nothing. */
export function evaluate(trigger: Trigger, facts: Facts): Verdict {
  const conditions = trigger.rows.map(({ list, row, look }): Condition => {
    const { present, actual, met } = look(facts);
    return {
      list,
      field: row.field,
      ...whichOne(row),
      operator: row.operator,
      value: ownCopy(row.value),
      ...(row.ifPresent ? { ifPresent: true } : {}),
      ...(row.ignoreCase ? { ignoreCase: true } : {}),
      actual,
      present,
      met,
    };
  });
  const all = conditions.filter(({ list }) => list === 'all');
  const any = conditions.filter(({ list }) => list === 'any');
  const met = all.every((row) => row.met) && (any.length === 0 || any.some((row) => row.met));
  return { met, conditions };
}

function whichOne({ field, name = '', path = '' }: Row): Pick<Condition, 'name' | 'path'> {
  if (field === 'variable') return { name };
  return field === 'msg' ? { path } : {};
}

/** A flow may write into what it is handed; the rule is not to change by it. */
function ownCopy(value: unknown): unknown {
  return typeof value === 'object' ? structuredClone(value) : value;
}
