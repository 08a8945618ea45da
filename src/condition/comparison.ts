import type { ComparedField } from './field.ts';
import type { Facts } from './read.ts';
import { type OperatorName, operators, type Test } from './operator.ts';
import type { CompiledPattern } from './pattern.ts';
import { fault, type Fault, isFault } from './problem.ts';
import type { Row } from './rule.ts';
import { asWord, exactly, type Fold, withoutCase } from './text.ts';
import { createTimeWindow, type Moment, readTimeValue } from './time-window.ts';
import { readWanted } from './wanted.ts';

/** What a row finds in the facts. */
export interface Finding {
  readonly present: boolean;
  /** What the field says; null when it is absent. */
  readonly actual: string | null;
  readonly met: boolean;
}

export type Look = (facts: Facts) => Finding;

/** The regular expression engine, handed in because it weighs more than all the rest. */
export type CompilePattern = (source: string, ignoreCase: boolean) => CompiledPattern;

/** A row that can be asked. */
export interface Comparison {
  /** The texts that it compares with. */
  readonly wanted: readonly string[];
  readonly look: Look;
  /** What it says of a field with these texts, none for an absent one. Not of a `time` row. */
  readonly meets?: (texts: readonly string[]) => boolean;
  /** What it says of a moment in its own time zone. Of a `time` row. */
  readonly meetsAt?: (moment: Moment) => boolean;
}

/** A field's texts against what the row wants; a negative operator is the plain opposite of its positive one. */
export function compileComparison(
  field: ComparedField,
  row: Row,
  operator: OperatorName,
  compilePattern: CompilePattern,
): Comparison | Fault {
  const definition = operators[operator];
  const wanted = readWanted(field, definition.operand, row.value);
  if (isFault(wanted)) return wanted;
  const negated = 'negates' in definition;
  const positive = negated ? operators[definition.negates] : definition;
  const test =
    'test' in positive
      ? foldedTest(positive.test, wanted, foldOf(field, row))
      : patternTest(compilePattern(exactly(wanted.join()), row.ignoreCase === true));
  if (isFault(test)) return test;
  const read = field.reader(row);
  const metWhenAbsent = negated && row.ifPresent !== true;
  const meets = (texts: readonly string[]): boolean =>
    texts.length === 0 ? metWhenAbsent : texts.some(test) !== negated;
  const look: Look = (facts) => {
    const texts = read(facts);
    return { present: texts.length > 0, actual: texts[0] ?? null, met: meets(texts) };
  };
  return { wanted, look, meets };
}

/** The clock is always there; `equals` means inside the window, `notEquals` outside. */
export function compileTime(row: Row, operator: OperatorName): Comparison | Fault {
  const window = createTimeWindow(readTimeValue(row.value));
  if (isFault(window)) return window;
  const negated = 'negates' in operators[operator];
  const meetsAt = (moment: Moment): boolean => window.includes(moment) !== negated;
  const look: Look = ({ now }) => {
    const clock = window.clockAt(now);
    return { present: true, actual: clock.text, met: meetsAt(clock) };
  };
  return { wanted: [], look, meetsAt };
}

function foldedTest(
  prepare: (wanted: readonly string[]) => Test,
  wanted: readonly string[],
  fold: Fold,
): Test {
  const test = prepare(wanted.map(fold));
  return (actual) => test(fold(actual));
}

function patternTest(pattern: CompiledPattern): Test | Fault {
  if ('reason' in pattern) return fault('badPattern', pattern.reason, pattern.reason);
  return (actual) => pattern.test(exactly(actual));
}

function foldOf(field: ComparedField, row: Row): Fold {
  if (field.kind === 'enumeration') return asWord;
  return row.ignoreCase ? withoutCase : exactly;
}
