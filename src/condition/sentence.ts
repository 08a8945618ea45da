import { isVariableName } from '../event/variable-name.ts';
import { type ComparedField, type Field, fields, isFieldName } from './field.ts';
import { isOperatorName, type Operand, operators } from './operator.ts';
import { quote } from './quote.ts';
import { readRule, type Row, type SavedRule } from './rule.ts';
import {
  dayKey,
  fieldKey,
  inEnglish,
  operatorKey,
  valueKey,
  type Words,
} from './sentence-words.ts';
import { asWord, listOf, numberOf, scalarText } from './text.ts';
import { readTimeValue, weekdays } from './time-window.ts';

/** The name of an account, by what a row says; undefined when there is none. */
export type AccountName = (value: string) => string | undefined;

interface Speech {
  readonly accountName: AccountName;
  readonly words: Words;
}

const noName: AccountName = () => undefined;

/** The whole rule as one sentence. Also of a rule that is not finished: a form shows it while it is written. */
export function sentence(saved: SavedRule, accountName = noName, words = inEnglish): string {
  const whole = conditions(saved, accountName, words);
  return whole === '' ? words('always') : words('when', { conditions: whole });
}

/** The sentence without what stands around the conditions; "" where there is none. */
export function conditions(saved: SavedRule, accountName = noName, words = inEnglish): string {
  const rule = readRule(saved);
  const all = rule.all.map((row) => clause(row, accountName, words));
  const any = rule.any.map((row) => clause(row, accountName, words)).join(` ${words('or')} `);
  const grouped = all.length > 0 && rule.any.length > 1 ? `(${any})` : any;
  return [...all, grouped].filter(isSaid).join(` ${words('and')} `);
}

/** One row's part of the sentence. */
export function clause(row: Row, accountName = noName, words = inEnglish): string {
  if (!isFieldName(row.field)) return row.field === '' ? '…' : `${quote(row.field)} …`;
  const field = fields[row.field];
  const subject = [words(fieldKey(row.field)), whichOne(field, row)].filter(isSaid).join(' ');
  if (!isOperatorName(row.operator)) return `${subject} …`;
  if (field.kind === 'time') return `${subject} ${timeWords(row, words)}`;
  const { operand } = operators[row.operator];
  const value = valueWords(field, operand, row.value, { accountName, words });
  return [subject, words(operatorKey(row.operator)), value, remarks(row, words)]
    .filter(isSaid)
    .join(' ');
}

function whichOne({ needs }: Field, { name = '', path = '' }: Row): string {
  if (needs === 'name') return isVariableName(name) ? name : quote(name);
  return needs === 'path' ? quote(path) : '';
}

function valueWords(
  field: ComparedField,
  operand: Operand,
  value: unknown,
  speech: Speech,
): string {
  if (operand === 'none') return '';
  if (operand === 'range') {
    return (
      listOf(value)
        .map(numberWords)
        .join(` ${speech.words('and')} `) || '…'
    );
  }
  if (operand === 'number') return numberWords(scalarText(value));
  if (operand === 'list') {
    return (
      listOf(value)
        .map((entry) => wordFor(field, entry, speech))
        .join(', ') || '…'
    );
  }
  const text = scalarText(value);
  return operand === 'value' ? wordFor(field, text, speech) : quote(text);
}

function wordFor(field: ComparedField, text: string, { accountName, words }: Speech): string {
  if (field.kind === 'account') return quote(accountName(text.trim()) ?? text);
  if (field.kind === 'text') return quote(text);
  const known = field.values.find((value) => asWord(value) === asWord(text));
  return known === undefined ? quote(text) : words(valueKey(known));
}

function numberWords(text: string): string {
  return Number.isNaN(numberOf(text)) ? quote(text) : text.trim();
}

function timeWords({ operator, value }: Row, words: Words): string {
  const { timeZone, days, from, to } = readTimeValue(value);
  const span = [dayWords(days, words), `${plain(from)}–${plain(to)}`].filter(isSaid).join(' ');
  const window = `${span} (${plain(timeZone) || '…'})`;
  return words(operator === 'notEquals' ? 'outside' : 'within', { window });
}

function plain(text: string): string {
  return /^[\w/+:-]*$/.test(text) ? text : quote(text);
}

/** Such as "Mon to Fri" or "Mon, Wed". */
function dayWords(days: readonly number[], words: Words): string {
  const names = weekdays.filter((_, index) => days.includes(index + 1));
  if (names.length === weekdays.length) return '';
  const first = weekdays.findIndex((name) => name === names[0]);
  const run = names.length > 2 && names.every((name, index) => name === weekdays[first + index]);
  const said = names.map((name) => words(dayKey(name)));
  return run ? words('days', { first: said[0] ?? '', last: said.at(-1) ?? '' }) : said.join(', ');
}

function remarks({ ignoreCase, ifPresent }: Row, words: Words): string {
  const said = [ignoreCase ? words('ignoreCase') : '', ifPresent ? words('ifPresent') : ''];
  return said.some(isSaid) ? `(${said.filter(isSaid).join(', ')})` : '';
}

function isSaid(words: string): boolean {
  return words !== '';
}
