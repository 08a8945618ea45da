import type { ComparedField } from './field.ts';
import type { Operand } from './operator.ts';
import { fault, type Fault } from './problem.ts';
import { quote } from './quote.ts';
import { asWord, listOf, numberOf, scalarText } from './text.ts';

/** The texts that a row compares with, as many as its operator takes; or what its value lacks. */
export function readWanted(
  field: ComparedField,
  operand: Operand,
  value: unknown,
): readonly string[] | Fault {
  return readers[operand](value, field);
}

const readers: Readonly<
  Record<Operand, (value: unknown, field: ComparedField) => readonly string[] | Fault>
> = {
  none: () => [],
  value: readValue,
  text: readText,
  pattern: readText,
  list: readList,
  number: readNumber,
  range: readRange,
};

function readValue(value: unknown, field: ComparedField): readonly string[] | Fault {
  if (typeof value === 'object') return fault('notSingle', 'its value is not a single one');
  const text = scalarText(value);
  if (field.kind === 'text') {
    return text === '' && !field.mayBeEmpty
      ? fault('noValue', 'it has no value; use "exists" or "notExists" to ask for none')
      : [text];
  }
  return readWords(
    field,
    [text.trim()].filter((word) => word !== ''),
  );
}

function readList(value: unknown, field: ComparedField): readonly string[] | Fault {
  const entries = listOf(value);
  if (field.kind !== 'text') return readWords(field, entries);
  return entries.length === 0 ? fault('noValue', 'it has no value') : entries;
}

/** Accounts, or values of an enumeration. */
function readWords(
  field: Exclude<ComparedField, { kind: 'text' }>,
  words: readonly string[],
): readonly string[] | Fault {
  if (field.kind === 'account') {
    return words.length === 0 ? fault('noAccount', 'it names no account') : words;
  }
  if (words.length === 0) return fault('noValue', 'it has no value');
  const known = new Set(field.values.map(asWord));
  const unknown = words.find((word) => !known.has(asWord(word)));
  if (field.open || unknown === undefined) return words;
  const reason = `${quote(unknown)} is none of ${field.values.join(', ')}`;
  return fault('unknownValue', reason, unknown);
}

function readText(value: unknown): readonly string[] | Fault {
  const text = scalarText(value);
  return text === '' ? fault('noValue', 'it has no text to look for') : [text];
}

function readNumber(value: unknown): readonly string[] | Fault {
  const text = scalarText(value);
  return Number.isNaN(numberOf(text))
    ? fault('noNumber', `${quote(text)} is no number`, text)
    : [text];
}

function readRange(value: unknown): readonly string[] | Fault {
  const limits = listOf(value);
  const [low = Number.NaN, high = Number.NaN] = limits.map(numberOf);
  if (limits.length !== 2 || Number.isNaN(low) || Number.isNaN(high)) {
    return fault('noRange', 'it needs two numbers, such as 1, 10');
  }
  return low > high ? fault('upsideDown', 'its first number is greater than its second') : limits;
}
