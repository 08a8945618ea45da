import * as fc from 'fast-check';
import { type FieldName, fieldNames, fields } from '../../src/condition/field.ts';
import { type OperatorName, operators } from '../../src/condition/operator.ts';
import type { Facts } from '../../src/condition/read.ts';
import type { Row, Rule } from '../../src/condition/rule.ts';
import { type Shape, shapes } from '../../src/condition/shapes.ts';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import { factsOf, sampleEvent } from './facts.ts';

/** By id, name and key, as rows may call them. */
export const accounts = [
  ['acc1', 'Sales line', 'SALES'],
  ['acc2', 'Support', 'SUP'],
] as const;
const unknownAccount = ['acc9', 'Made later', 'LATE'] as const;

/** Texts that are easily taken for each other, or apart; rows and events of them often meet. */
interface Vocabulary {
  readonly words: readonly string[];
  readonly patterns: readonly string[];
}

const { raw } = String;
const largest = String(Number.MAX_VALUE);
const vocabularies: readonly Vocabulary[] = [
  {
    words: ['a', 'A', 'ab', 'aB', 'b', 'abb'],
    patterns: ['^a', 'b*', 'a|b', 'b$', 'A', '^[ab]+$'],
  },
  { words: ['text', 'Text', ' text ', 'TEXT', 'tex'], patterns: ['^te', '^TE', '(?i)te', 'xt$'] },
  {
    words: ['ß', 'ẞ', 'ss', 'SS', 'straße', 'STRASSE'],
    patterns: ['straße', 'STRASSE', '^s', 'ss'],
  },
  { words: ['é', 'e\u0301', 'É', 'e', '\u0301'], patterns: ['é', 'e\u0301', 'É', '^e', '^.$'] },
  {
    words: ['σ', 'ς', 'Σ', 'ı', 'i', 'İ', 'I', 'K', 'k'],
    patterns: ['σ', 'ς', 'k', 'I', raw`\pL`],
  },
  {
    words: ['x', ' ', '\n', ' x', 'x\ny', 'ﬁ', 'fi'],
    patterns: [raw`\s`, raw`\S`, 'x*', '^x*$', '.'],
  },
  {
    words: ['5', '5.0', ' 5', '٣', '-5', '5a', 'a'],
    patterns: [raw`^\d`, raw`^\D`, raw`\d$`, raw`\D`],
  },
  { words: ['0', '-0', '5e-324', '1e-323', '-5e-324', '1e-400'], patterns: ['^0', 'e', 'E', '-'] },
  {
    words: ['9007199254740991', '9007199254740992', '9007199254740993', '9007199254740994', '1E16'],
    patterns: [raw`^\d+$`, 'e', 'E'],
  },
  {
    words: [
      '1e17',
      '-1e17',
      '-1e18',
      '1e308',
      '1.5E308',
      '1.7e308',
      largest,
      `-${largest}`,
      '1e309',
    ],
    patterns: ['^-', 'e308', 'E', raw`\+`],
  },
];

const minute = fc.constantFrom('00:00', '00:01', '08:59', '09:00', '12:30', '18:00', '23:59');
const time = fc.record({
  timeZone: fc.constantFrom('UTC', 'UTC', 'Asia/Kathmandu'),
  days: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
  from: minute,
  to: fc.oneof(minute, fc.constant('24:00')),
});

function entryOf(field: FieldName, text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const definition = fields[field];
  if (definition.kind === 'account') return fc.constantFrom(...accounts.flat());
  if (definition.kind !== 'enumeration') return text;
  const values = fc.constantFrom(...definition.values.flatMap((one) => [one, asTyped(one)]));
  return definition.open ? fc.oneof(values, text, text) : values;
}

function asTyped(value: string): string {
  return ` ${value.charAt(0).toUpperCase()}${value.slice(1)}`;
}

function valueOf(
  field: FieldName,
  operator: OperatorName,
  { words, patterns }: Vocabulary,
): fc.Arbitrary<unknown> {
  if (field === 'time') return time;
  const said = words.filter((word) => Number.isFinite(Number(word)) && word.trim() !== '');
  const number = fc.constantFrom(...(said.length > 0 ? said : ['1', '2']));
  const entry = entryOf(field, fc.constantFrom(...words));
  const { operand } = operators[operator];
  if (operand === 'pattern') return fc.constantFrom(...patterns);
  if (operand === 'number') return number;
  if (operand === 'list') return fc.array(entry, { minLength: 1, maxLength: 3 });
  if (operand !== 'range') return entry;
  return fc.tuple(number, number).map((range) => range.toSorted((a, b) => Number(a) - Number(b)));
}

function rowOf(field: FieldName, vocabulary: Vocabulary): fc.Arbitrary<Row> {
  return fc.constantFrom(...fields[field].operators).chain((operator) =>
    fc.record({
      field: fc.constant(field),
      operator: fc.constant(operator),
      value: valueOf(field, operator, vocabulary),
      name: fc.constantFrom('ORDER', 'ORDER', 'ORDER', 'queue'),
      path: fc.constantFrom('topic', 'topic', 'msg.topic', 'payload.order'),
      ignoreCase: fc.boolean(),
      ifPresent: fc.boolean(),
    }),
  );
}

/** Those of which most is said come more often. */
const asked: readonly FieldName[] = [
  ...fieldNames,
  ...(['message.text', 'message.type', 'variable', 'msg'] as const).flatMap((name) => [name, name]),
];

/** Few fields in one rule, so that its rows often speak of the same. */
function ruleOf(vocabulary: Vocabulary): fc.Arbitrary<Rule> {
  const names = fc.array(fc.constantFrom(...asked), { minLength: 1, maxLength: 2 });
  return names.chain((some) => {
    const rows = fc.array(fc.oneof(...some.map((name) => rowOf(name, vocabulary))), {
      maxLength: 3,
    });
    return fc.record({ all: rows, any: rows });
  });
}

/** Something that reaches a trigger: an event of any shape, or a message that is none. */
function happeningOf({ words }: Vocabulary): fc.Arbitrary<Facts> {
  const text = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...words) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(...[1, 2].map(() => fc.constantFrom(...words)))
        .map((two) => two.join('')),
    },
  );
  return fc
    .record({
      shape: fc.constantFrom(...shapes),
      account: fc.constantFrom(...accounts, unknownAccount),
      minutes: fc.nat(7 * 24 * 60),
      text,
      other: fc.option(text, { nil: undefined }),
    })
    .map(({ shape, account, minutes, text, other }) => {
      const event = shape.isEvent ? eventOf(shape, account, text, other) : undefined;
      return factsOf({
        event,
        msg: { payload: event ?? { order: text }, topic: other },
        variables: { ORDER: other, queue: event?.queue ?? '' },
        now: new Date(Date.UTC(2026, 2, 2, 0, minutes)),
      });
    });
}

function eventOf(
  shape: Shape,
  [id, name, key]: readonly [string, string, string],
  text: string,
  other: string | undefined,
): WhatsAppEvent {
  const { message, queue: _, contact, account, ...rest } = sampleEvent();
  const { 'interaction.state': state, interaction: change } = shape;
  return {
    ...rest,
    account: { ...account, id, name, key },
    interaction: { id: '17', openedAt: '', state, change },
    contact: { ...contact, phone: other, name: text },
    ...(shape.message && {
      message: { ...message, type: text, verb: shape.message, text: shape.delivery ? '' : text },
    }),
    ...(shape.delivery && { delivery: { status: shape.delivery } }),
    ...(other !== undefined && { queue: other, agent: { username: other, name: other } }),
  } as WhatsAppEvent;
}

export interface Scene {
  readonly rule: Rule;
  /** What is said of the rule holds for each of them. */
  readonly happenings: readonly Facts[];
}

export const scene: fc.Arbitrary<Scene> = fc.constantFrom(...vocabularies).chain((vocabulary) =>
  fc.record({
    rule: ruleOf(vocabulary),
    happenings: fc.array(happeningOf(vocabulary), { minLength: 1, maxLength: 50, size: 'max' }),
  }),
);
