import { isVariableName } from '../event/variable-name.ts';
import { type ComparedField, type Field, fields, isFieldName } from './field.ts';
import { isOperatorName, type Operand, operators } from './operator.ts';
import { quote } from './quote.ts';
import { readRule, type Row, type SavedRule } from './rule.ts';
import { asWord, listOf, numberOf, scalarText } from './text.ts';
import { readTimeValue, weekdays } from './time-window.ts';

/** The name of an account, by what a row says; undefined when there is none. */
export type AccountName = (value: string) => string | undefined;

/** The whole rule as one English sentence. Also of a rule that is not finished: a form shows it while it is written. */
export function sentence(saved: SavedRule, accountName: AccountName = () => undefined): string {
  const rule = readRule(saved);
  const all = rule.all.map((row) => clause(row, accountName));
  const any = rule.any.map((row) => clause(row, accountName)).join(' or ');
  const grouped = all.length > 0 && rule.any.length > 1 ? `(${any})` : any;
  const whole = [...all, grouped].filter(isSaid).join(' and ');
  return whole === '' ? 'Fires on every event.' : `Fires when ${whole}.`;
}

function clause(row: Row, accountName: AccountName): string {
  if (!isFieldName(row.field)) return row.field === '' ? '…' : `${quote(row.field)} …`;
  const field = fields[row.field];
  const subject = [field.words, whichOne(field, row)].filter(isSaid).join(' ');
  if (!isOperatorName(row.operator)) return `${subject} …`;
  if (field.kind === 'time') return `${subject} is ${timeWords(row)}`;
  const { words, operand } = operators[row.operator];
  const value = valueWords(field, operand, row.value, accountName);
  return [subject, words, value, remarks(row)].filter(isSaid).join(' ');
}

function whichOne({ needs }: Field, { name = '', path = '' }: Row): string {
  if (needs === 'name') return isVariableName(name) ? name : quote(name);
  return needs === 'path' ? quote(path) : '';
}

function valueWords(
  field: ComparedField,
  operand: Operand,
  value: unknown,
  accountName: AccountName,
): string {
  if (operand === 'none') return '';
  if (operand === 'range') return listOf(value).map(numberWords).join(' and ') || '…';
  if (operand === 'number') return numberWords(scalarText(value));
  if (operand === 'list') {
    return (
      listOf(value)
        .map((entry) => wordFor(field, entry, accountName))
        .join(', ') || '…'
    );
  }
  const text = scalarText(value);
  return operand === 'value' ? wordFor(field, text, accountName) : quote(text);
}

function wordFor(field: ComparedField, text: string, accountName: AccountName): string {
  if (field.kind === 'account') return quote(accountName(text.trim()) ?? text);
  if (field.kind === 'text') return quote(text);
  return field.values.find((value) => asWord(value) === asWord(text)) ?? quote(text);
}

function numberWords(text: string): string {
  return Number.isNaN(numberOf(text)) ? quote(text) : text.trim();
}

function timeWords({ operator, value }: Row): string {
  const { timeZone, days, from, to } = readTimeValue(value);
  const side = operator === 'notEquals' ? 'outside' : 'within';
  const window = [dayWords(days), `${plain(from)}–${plain(to)}`].filter(isSaid).join(' ');
  return `${side} ${window} (${plain(timeZone) || '…'})`;
}

function plain(text: string): string {
  return /^[\w/+:-]*$/.test(text) ? text : quote(text);
}

/** Such as "Mon to Fri" or "Mon, Wed". */
function dayWords(days: readonly number[]): string {
  const names = weekdays.filter((_, index) => days.includes(index + 1));
  if (names.length === weekdays.length) return '';
  const first = weekdays.findIndex((name) => name === names[0]);
  const run = names.length > 2 && names.every((name, index) => name === weekdays[first + index]);
  return run ? `${names[0]} to ${names.at(-1)}` : names.join(', ');
}

function remarks({ ignoreCase, ifPresent }: Row): string {
  const said = [ignoreCase ? 'ignoring case' : '', ifPresent ? 'only if present' : ''];
  return said.some(isSaid) ? `(${said.filter(isSaid).join(', ')})` : '';
}

function isSaid(words: string): boolean {
  return words !== '';
}
