import { textOf } from '../../nodes/shared/text.editor.ts';
import type { Why } from '../../src/trace/why.ts';
import type { Tell, Values } from './pieces.editor.ts';

/** A key of the catalogue and what is filled in. */
export interface Reason {
  readonly key: string;
  readonly values: Values;
}

/** Texts of another node's catalogue, and the names of what a row only knows by its id. */
export interface RowWords {
  readonly say: Tell;
  readonly nameOf: (id: string) => string;
}

export interface RowLike {
  readonly field: string;
  readonly name?: string | undefined;
  readonly path?: string | undefined;
  readonly operator: string;
  readonly value: unknown;
}

/** Why an event had the outcome that it had, as a text of the catalogue. */
export function reasonOf(why: Why, words: RowWords): Reason {
  const { key } = why;
  const values = filled(why.values);
  if (key === 'rowFalse' || key === 'noneOfAny') return ofRow(why, words);
  if ((key === 'undelivered' || key === 'waitingPage') && values['reason']) {
    return { key: `why.${key}Because`, values };
  }
  const isSeveral = (key === 'acted' || key === 'stubbed') && Number(values['count']) > 1;
  return { key: `why.${key}${isSeveral ? 'Several' : ''}`, values };
}

function ofRow({ key, values: given }: Why, words: RowWords): Reason {
  const { field, operator, value, actual = null } = given;
  const values = filled(given);
  if (typeof field !== 'string') return { key: 'why.notMet', values };
  const row = rowText({ ...named(given), field, operator: String(operator), value }, words);
  if (key === 'noneOfAny') return { key: 'why.noneOfAny', values: { ...values, row } };
  if (actual === null) return { key: 'why.rowFalseAbsent', values: { ...values, row } };
  const shown = actualText(field, String(actual), words);
  return { key: 'why.rowFalse', values: { ...values, row, actual: shown } };
}

/** "Message text contains urgent", in the words of the condition's own form. */
export function rowText(row: RowLike, { say, nameOf }: RowWords): string {
  const { field, name, path, operator, value } = row;
  const subject = name ?? path ?? say(`field.${field.replace('.', '-')}`);
  const verb = say(`operator.${operator}`);
  const isBare = operator === 'exists' || operator === 'notExists';
  const object = isBare ? '' : valueText(field, value, nameOf);
  return [subject, verb, object].filter((part) => part !== '').join(' ');
}

export function actualText(field: string, actual: string, { nameOf }: RowWords): string {
  return field === 'account' ? nameOf(actual) : actual;
}

function valueText(field: string, value: unknown, nameOf: (id: string) => string): string {
  if (Array.isArray(value)) return value.map((one) => valueText(field, one, nameOf)).join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.values(value)
      .map((part) => valueText('', part, nameOf))
      .filter((part) => part !== '')
      .join(' – ');
  }
  const text = textOf(value);
  return field === 'account' ? nameOf(text) : text;
}

function named(values: Why['values']) {
  const { name, path } = values;
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof path === 'string' ? { path } : {}),
  };
}

function filled(values: Why['values']): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : String(value ?? ''),
    ]),
  );
}
