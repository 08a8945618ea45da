import type { Operator, OperatorName } from './operator.ts';
import { ofEvent, ofMessage, ofVariable, type Read } from './read.ts';
import type { Row } from './rule.ts';

interface FieldBase {
  /** How a sentence calls it. */
  readonly words: string;
  readonly operators: readonly OperatorName[];
  /** The part of a row that says which one is meant. */
  readonly needs?: 'name' | 'path';
}

interface AccountField extends FieldBase {
  readonly kind: 'account';
  readonly reader: (row: Row) => Read;
}

interface TextField extends FieldBase {
  readonly kind: 'text';
  /** An empty text is a value of its own, and not the event's way to say that it has none. */
  readonly mayBeEmpty?: true;
  readonly reader: (row: Row) => Read;
}

interface EnumerationField extends FieldBase {
  readonly kind: 'enumeration';
  readonly values: readonly string[];
  /** Other values than the listed ones occur too. */
  readonly open?: true;
  readonly reader: (row: Row) => Read;
}

interface TimeField extends FieldBase {
  readonly kind: 'time';
}

/** A field whose texts are compared with those of a row. */
export type ComparedField = AccountField | TextField | EnumerationField;
export type Field = ComparedField | TimeField;

export type FieldName = (typeof fieldNames)[number];

export const fieldNames = [
  'account',
  'interaction',
  'message',
  'interaction.state',
  'message.text',
  'message.type',
  'contact.phone',
  'contact.name',
  'queue',
  'agent',
  'delivery',
  'time',
  'variable',
  'msg',
] as const;

const choice = ['equals', 'notEquals', 'in', 'notIn', 'exists', 'notExists'] as const;
const search = ['contains', 'notContains', 'startsWith', 'endsWith', 'matches'] as const;
const order = ['greaterThan', 'lessThan', 'between'] as const;

/** Every field, once for run time, editor and tests. */
export const fields: Readonly<Record<FieldName, Field>> = {
  account: {
    words: 'the account',
    kind: 'account',
    operators: choice,
    reader: ofEvent(({ account }) => [account.id, account.name, account.key]),
  },
  interaction: {
    words: 'the interaction',
    kind: 'enumeration',
    values: ['opened', 'closed'],
    operators: choice,
    reader: ofEvent(({ interaction }) => [interaction.change]),
  },
  message: {
    words: 'the message',
    kind: 'enumeration',
    values: ['accepted', 'rejected', 'incoming', 'outgoing'],
    operators: choice,
    reader: ofEvent(({ message }) => [message?.verb]),
  },
  'interaction.state': {
    words: 'the interaction state',
    kind: 'enumeration',
    values: ['open', 'closed'],
    operators: choice,
    reader: ofEvent(({ interaction }) => [interaction.state]),
  },
  'message.text': {
    words: 'the message text',
    kind: 'text',
    operators: [...choice, ...search, ...order],
    reader: ofEvent(({ message }) => [message?.text]),
  },
  'message.type': {
    words: 'the message type',
    kind: 'enumeration',
    values: [
      'text',
      'image',
      'audio',
      'video',
      'document',
      'sticker',
      'location',
      'contacts',
      'interactive',
      'button',
      'reaction',
      'order',
      'system',
    ],
    open: true,
    operators: [...choice, ...search],
    reader: ofEvent(({ message }) => [message?.type]),
  },
  'contact.phone': {
    words: "the contact's phone",
    kind: 'text',
    operators: [...choice, ...search],
    reader: ofEvent(({ contact }) => [contact.phone]),
  },
  'contact.name': {
    words: "the contact's name",
    kind: 'text',
    operators: [...choice, ...search],
    reader: ofEvent(({ contact }) => [contact.name]),
  },
  queue: {
    words: 'the queue',
    kind: 'text',
    operators: [...choice, ...search],
    reader: ofEvent(({ queue }) => [queue]),
  },
  agent: {
    words: 'the agent',
    kind: 'text',
    operators: [...choice, ...search],
    reader: ofEvent(({ agent }) => [agent?.username]),
  },
  delivery: {
    words: 'the delivery status',
    kind: 'enumeration',
    values: ['sent', 'delivered', 'read', 'played', 'failed'],
    operators: choice,
    reader: ofEvent(({ delivery }) => [delivery?.status]),
  },
  time: { words: 'the time', kind: 'time', operators: ['equals', 'notEquals'] },
  variable: {
    words: 'the variable',
    kind: 'text',
    needs: 'name',
    mayBeEmpty: true,
    operators: [...choice, ...search, ...order],
    reader: ofVariable,
  },
  msg: {
    words: 'the property',
    kind: 'text',
    needs: 'path',
    mayBeEmpty: true,
    operators: [...choice, ...search, ...order],
    reader: ofMessage,
  },
};

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(fields, name);
}

/** What the form shows to enter a row's value. */
export type Control =
  | { readonly kind: 'account' | 'text' | 'pattern' | 'number' | 'range' | 'time' | 'none' }
  | { readonly kind: 'enumeration'; readonly values: readonly string[]; readonly open: boolean }
  /** Several values: accounts, some of `values`, or texts. */
  | {
      readonly kind: 'list';
      readonly of: 'account' | 'enumeration' | 'text';
      readonly values: readonly string[];
    };

export function controlOf(field: Field, { operand }: Operator): Control {
  if (field.kind === 'time') return { kind: 'time' };
  const values = field.kind === 'enumeration' ? field.values : [];
  if (operand === 'list') return { kind: 'list', of: field.kind, values };
  if (operand !== 'value') return { kind: operand };
  if (field.kind !== 'enumeration') return { kind: field.kind };
  return { kind: 'enumeration', values, open: field.open === true };
}
