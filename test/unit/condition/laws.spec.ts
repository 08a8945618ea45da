import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fields, fieldNames } from '../../../src/condition/field.ts';
import { type OperatorName, operators } from '../../../src/condition/operator.ts';
import type { Row } from '../../../src/condition/rule.ts';
import type { Interaction, WhatsAppEvent } from '../../../src/event/event.ts';
import { judge, judgeRow, noEvent, sampleEvent } from '../../support/facts.ts';

const negatives = (Object.entries(operators) as [OperatorName, object][]).filter(
  (entry): entry is [OperatorName, { negates: OperatorName }] => 'negates' in entry[1],
);

const text = fc.string({ unit: 'binary', maxLength: 12 });

const event: fc.Arbitrary<WhatsAppEvent> = fc
  .record({
    verb: fc.constantFrom('incoming', 'outgoing', 'accepted', 'rejected'),
    change: fc.constantFrom<Interaction['change']>('opened', 'closed', undefined),
    text,
    queue: fc.option(text, { nil: undefined }),
    hasMessage: fc.boolean(),
  })
  .map(({ verb, change, text, queue, hasMessage }) => {
    const { message, interaction, queue: _, ...rest } = sampleEvent();
    return {
      ...rest,
      interaction: { ...interaction, ...(change && { change }) },
      ...(hasMessage && message && { message: { ...message, verb, text } }),
      ...(queue !== undefined && { queue }),
    };
  });

/** Rows over every kind of field, each with a value that its operator takes. */
const row: fc.Arbitrary<Row> = fc
  .constantFrom(...fieldNames)
  .chain((field) =>
    fc.record({
      field: fc.constant(field),
      operator: fc.constantFrom(...fields[field].operators),
      some: text.map((value) => value || 'x'),
      pick: fc.nat(),
      name: fc.constantFrom('queue', 'ORDERNUM'),
      path: fc.constantFrom('payload', 'payload.message.text', 'nothing.here'),
      ifPresent: fc.boolean(),
      ignoreCase: fc.boolean(),
    }),
  )
  .map(({ some, pick, ...rest }) => ({ ...rest, value: valueFor(rest, some, pick) }));

function valueFor(row: Pick<Row, 'field' | 'operator'>, some: string, pick: number): unknown {
  const field = fields[row.field as keyof typeof fields];
  const { operand } = operators[row.operator as OperatorName];
  if (field.kind === 'time') return { timeZone: 'Europe/Rome', from: '09:00', to: '18:00' };
  const value = field.kind === 'enumeration' ? field.values[pick % field.values.length] : some;
  if (operand === 'list') return field.kind === 'enumeration' ? [value] : ['Sales & Co', some];
  if (operand === 'range') return [pick % 10, 10];
  if (operand === 'number') return String(pick);
  if (operand === 'pattern') return '^[a-z]';
  return field.kind === 'account' ? 'acc1' : value;
}

const rows = fc.array(row, { maxLength: 4 });
const someRows = fc.array(row, { minLength: 1, maxLength: 4 });

function isMet(row: Row, event: WhatsAppEvent): boolean {
  return judgeRow(row, { event, msg: { payload: event } }).met;
}

function met(rule: { all?: readonly Row[]; any?: readonly Row[] }, event: WhatsAppEvent): boolean {
  return judge(rule, { event, msg: { payload: event } }).met;
}

describe('the laws of conditions', () => {
  it('meets a rule without a row, whatever happened', () => {
    fc.assert(fc.property(event, (event) => met({ all: [], any: [] }, event) && met({}, event)));
  });

  it('meets "all" when every row of it is met, and asks nothing of an empty "any"', () => {
    fc.assert(
      fc.property(rows, event, (all, event) => {
        assert.equal(
          met({ all }, event),
          all.every((row) => isMet(row, event)),
        );
      }),
    );
  });

  it('meets "any" when one row of it is met, and asks nothing of an empty "all"', () => {
    fc.assert(
      fc.property(someRows, event, (any, event) => {
        assert.equal(
          met({ any }, event),
          any.some((row) => isMet(row, event)),
        );
      }),
    );
  });

  it('meets both lists when each of them is met', () => {
    fc.assert(
      fc.property(rows, rows, event, (all, any, event) => {
        assert.equal(met({ all, any }, event), met({ all }, event) && met({ any }, event));
      }),
    );
  });

  it('gives the same result for any order of the rows', () => {
    const shuffled = rows.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, shuffled, event, ([all, all2], [any, any2], event) => {
        assert.equal(met({ all, any }, event), met({ all: all2, any: any2 }, event));
      }),
    );
  });

  it('changes nothing when a row stands in "all" twice', () => {
    fc.assert(
      fc.property(someRows, event, (all, event) => {
        assert.equal(met({ all: [...all, ...all] }, event), met({ all }, event));
      }),
    );
  });

  it('makes every negative operator the opposite of its positive one, absent or not', () => {
    assert.deepEqual(
      negatives.map(([name]) => name),
      ['notEquals', 'notContains', 'notIn', 'notExists'],
    );
    const negative = row
      .map((row) => ({ ...row, ifPresent: false }))
      .filter(({ operator }) => negatives.some(([, { negates }]) => negates === operator));
    fc.assert(
      fc.property(negative, event, (row, event) => {
        const [name] = negatives.find(([, { negates }]) => negates === row.operator) ?? [];
        assert.equal(isMet({ ...row, operator: name ?? '' }, event), !isMet(row, event));
      }),
    );
  });

  it('never meets a row "only if present" whose field is absent, whatever its operator', () => {
    const eventful = row.filter(({ field }) => field !== 'time');
    fc.assert(
      fc.property(eventful, (row) => {
        const found = judgeRow({ ...row, ifPresent: true }, noEvent);
        assert.deepEqual([found.present, found.actual, found.met], [false, null, false]);
      }),
    );
  });

  it('changes nothing by "only if present" where the field is present', () => {
    fc.assert(
      fc.property(row, event, (row, event) => {
        const facts = { event, msg: { payload: event } };
        const plain = judgeRow({ ...row, ifPresent: false }, facts);
        if (!plain.present) return;
        assert.equal(judgeRow({ ...row, ifPresent: true }, facts).met, plain.met);
      }),
    );
  });

  it('of an absent field meets exactly the negative operators', () => {
    const eventful = row.filter(({ field }) => field !== 'time');
    fc.assert(
      fc.property(eventful, (row) => {
        const { met } = judgeRow({ ...row, ifPresent: false }, noEvent);
        assert.equal(met, 'negates' in operators[row.operator as OperatorName]);
      }),
    );
  });
});
