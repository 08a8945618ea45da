import { numberOf } from './text.ts';

/** What an operator is given to compare with. */
export type Operand = 'value' | 'text' | 'pattern' | 'list' | 'number' | 'range' | 'none';

/** Asks a present field's text, in the same form as what is wanted. */
export type Test = (actual: string) => boolean;

interface OperatorBase {
  /** Its words in a sentence, between the field and the value. */
  readonly words: string;
  readonly operand: Operand;
}

interface Positive extends OperatorBase {
  /** Prepares the test once; `wanted` holds as many entries as the operand says. */
  readonly test: (wanted: readonly string[]) => Test;
}

/** Plainly the opposite of another operator, also where the field is absent. */
interface Negative extends OperatorBase {
  readonly negates: OperatorName;
}

/** Its test is compiled by the regular expression engine. */
interface PatternMatch extends OperatorBase {
  readonly operand: 'pattern';
}

export type Operator = Positive | Negative | PatternMatch;

export const operatorNames = [
  'equals',
  'notEquals',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'matches',
  'in',
  'notIn',
  'greaterThan',
  'lessThan',
  'between',
  'exists',
  'notExists',
] as const;

export type OperatorName = (typeof operatorNames)[number];

/** Every operator, once for run time, editor and tests. */
export const operators: Readonly<Record<OperatorName, Operator>> = {
  equals: {
    words: 'is',
    operand: 'value',
    test: first((wanted) => (actual) => actual === wanted),
  },
  notEquals: { words: 'is not', operand: 'value', negates: 'equals' },
  contains: {
    words: 'contains',
    operand: 'text',
    test: first((wanted) => (actual) => actual.includes(wanted)),
  },
  notContains: { words: 'does not contain', operand: 'text', negates: 'contains' },
  startsWith: {
    words: 'starts with',
    operand: 'text',
    test: first((wanted) => (actual) => actual.startsWith(wanted)),
  },
  endsWith: {
    words: 'ends with',
    operand: 'text',
    test: first((wanted) => (actual) => actual.endsWith(wanted)),
  },
  matches: { words: 'matches', operand: 'pattern' },
  in: {
    words: 'is one of',
    operand: 'list',
    test: (wanted) => {
      const entries = new Set(wanted);
      return (actual) => entries.has(actual);
    },
  },
  notIn: { words: 'is none of', operand: 'list', negates: 'in' },
  greaterThan: {
    words: 'is greater than',
    operand: 'number',
    test: numbers((actual, [limit]) => actual > limit),
  },
  lessThan: {
    words: 'is less than',
    operand: 'number',
    test: numbers((actual, [limit]) => actual < limit),
  },
  between: {
    words: 'is between',
    operand: 'range',
    test: numbers((actual, [low, high]) => actual >= low && actual <= high),
  },
  exists: { words: 'is present', operand: 'none', test: () => () => true },
  notExists: { words: 'is absent', operand: 'none', negates: 'exists' },
};

export function isOperatorName(name: string): name is OperatorName {
  return Object.hasOwn(operators, name);
}

function first(prepare: (wanted: string) => Test): Positive['test'] {
  return ([wanted = '']) => prepare(wanted);
}

/** A text that is no number compares as NaN: neither greater nor less than anything. */
function numbers(compare: (actual: number, limits: [number, number]) => boolean): Positive['test'] {
  return ([low = '', high = '']) => {
    const limits: [number, number] = [numberOf(low), numberOf(high)];
    return (actual) => compare(numberOf(actual), limits);
  };
}
