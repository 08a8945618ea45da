import { isOperatorName, operators } from '../condition/operator.ts';
import { pathOf } from '../condition/read.ts';
import { listOf, scalarText, withoutCase } from '../condition/text.ts';
import type { WhatsAppEvent } from '../event/event.ts';
import type { StepRow } from './log-types.ts';

/** What the rules compare with; of a pattern the words in it. */
export function wordsOf(rows: readonly StepRow[]): readonly string[] {
  return rows.flatMap((row) =>
    row.operator === 'matches'
      ? textsOf(row).flatMap((text) => text.match(/\p{L}{2,}/gu) ?? [])
      : textsOf(row),
  );
}

/** A country's: many people's numbers begin with it. */
export function isCallingCode(text: string): boolean {
  return /^\+\d{1,3}$/.test(text);
}

/** Whether a rule names people, the event's contact or others: its sentence tells them already. */
export function namesPeople(rows: readonly StepRow[], event: WhatsAppEvent): boolean {
  const { contact, message } = event;
  const shared = message?.contacts ?? [];
  const names = [contact.name, contact.username, contact.userId, ...shared.map(({ name }) => name)];
  const numbers = [contact.phone, ...shared.flatMap(({ phones }) => phones)].map(digitsOf);
  const parts = new Set(names.flatMap(partsOf));

  function isTelling(text: string): boolean {
    // However it is written: the end of a number is the same with its country's code and without.
    const end = digitsOf(text).slice(-7);
    return (
      /\+\d{7}/.test(text.replaceAll(/[^+\d]/g, '')) ||
      (end.length > 4 && numbers.some((number) => number.includes(end))) ||
      partsOf(text).some((part) => parts.has(part))
    );
  }
  return rows.some((row) => {
    const texts = textsOf(row).filter((text) => !isCallingCode(text));
    return texts.length > 0 && (asksForContact(row) || texts.some(isTelling));
  });
}

function textsOf({ operator, value }: StepRow): readonly string[] {
  const operand = isOperatorName(operator) ? operators[operator].operand : 'none';
  if (operand === 'none') return [];
  const texts = operand === 'list' ? listOf(value) : [value].flat().map(scalarText);
  return texts.filter((text) => text !== '');
}

/** Where an event keeps who wrote, and the variables that say it. */
const contactParts: ReadonlySet<string> = new Set([
  'contact',
  'contacts',
  'calleridnum',
  'calleridname',
  'userid',
  'username',
]);

function asksForContact({ field, name = '', path = '' }: StepRow): boolean {
  if (field === 'variable') return contactParts.has(name);
  if (field === 'msg') return (pathOf(path) ?? []).some((segment) => contactParts.has(segment));
  return field === 'contact.phone' || field === 'contact.name';
}

function digitsOf(text = ''): string {
  return text.replaceAll(/\D/g, '');
}

/** Shorter ones, such as "di" and "von", are parts of many names and of any text. */
function partsOf(text = ''): readonly string[] {
  return withoutCase(text).match(/[\p{L}\p{M}\p{N}]{3,}/gu) ?? [];
}
