import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compileRows } from '../../../src/condition/compile.ts';
import { type FieldName, fields } from '../../../src/condition/field.ts';
import type { Finding } from '../../../src/condition/finding.ts';
import { lint } from '../../../src/condition/lint.ts';
import { type OperatorName, operators } from '../../../src/condition/operator.ts';
import { compilePattern } from '../../../src/condition/pattern.ts';
import { isFault } from '../../../src/condition/problem.ts';
import type { Facts } from '../../../src/condition/read.ts';
import { readRule, type Row } from '../../../src/condition/rule.ts';
import { shapes } from '../../../src/condition/shapes.ts';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import { factsOf, judge, sampleEvent } from '../../support/facts.ts';

const accounts = [
  ['acc1', 'Sales line', 'SALES'],
  ['acc2', 'Support', 'SUP'],
];
const words = ['a', 'A', 'ab', 'b', '1', '5', '5.0', 'é'];
const asked: readonly FieldName[] = [
  'account',
  'interaction',
  'message',
  'interaction.state',
  'delivery',
  'message.text',
  'queue',
  'time',
];

/** Rows over few values, so that they often meet each other. */
const row: fc.Arbitrary<Row> = fc.constantFrom(...asked).chain((field) =>
  fc
    .record({
      operator: fc.constantFrom(...fields[field].operators),
      one: fc.nat(7),
      two: fc.nat(7),
      ignoreCase: fc.boolean(),
      ifPresent: fc.boolean(),
    })
    .map(({ operator, one, two, ...options }) => ({
      field,
      operator,
      value: valueOf(field, operator, one, two),
      ...options,
    })),
);

function valueOf(field: FieldName, operator: OperatorName, one: number, two: number): unknown {
  const definition = fields[field];
  const { operand } = operators[operator];
  if (definition.kind === 'time') {
    return {
      timeZone: 'UTC',
      days: one > 3 ? [] : [one + 1],
      from: `0${one}:00`,
      to: `1${two}:00`,
    };
  }
  if (operand === 'number') return one;
  if (operand === 'range') return [Math.min(one, two), Math.max(one, two)];
  if (operand === 'pattern') return ['^a', 'b*', 'a|b', '5$'][one % 4];
  const values = valuesOf(field);
  const entry = values[one % values.length];
  return operand === 'list' ? [entry, values[two % values.length]] : entry;
}

function valuesOf(field: FieldName): readonly string[] {
  const definition = fields[field];
  if (definition.kind === 'account') return accounts.map(([id = '']) => id);
  return definition.kind === 'enumeration' ? definition.values : words;
}

/** Every kind of event, with every account, text, queue and some times. */
const happenings: readonly Facts[] = shapes.flatMap((shape) => {
  if (!shape.isEvent) return [factsOf({ event: undefined, msg: { payload: 'no event' } })];
  return [...words, ''].flatMap((text, index) => {
    const [id = '', name = '', key = ''] = accounts[index % 2] ?? [];
    const { message, queue: _, delivery: __, ...rest } = sampleEvent();
    const event = {
      ...rest,
      account: { ...rest.account, id, name, key },
      interaction: {
        id: '17',
        openedAt: '',
        state: shape['interaction.state'],
        change: shape.interaction,
      },
      ...(shape.message && {
        message: { ...message, verb: shape.message, text: shape.delivery ? '' : text },
      }),
      ...(shape.delivery && { delivery: { status: shape.delivery } }),
      ...(index % 3 > 0 && { queue: words[(index * 5) % 8] }),
    } as WhatsAppEvent;
    const now = new Date(Date.UTC(2026, 2, 2 + (index % 7), (index * 7) % 24));
    return [factsOf({ event, msg: { payload: event }, now })];
  });
});

const rule = fc.record({
  all: fc.array(row, { maxLength: 3 }),
  any: fc.array(row, { maxLength: 3 }),
});

describe('the laws of lint', () => {
  it('calls no rule impossible that some event meets, and none certain that some does not', () => {
    fc.assert(
      fc.property(rule, (saved) => {
        const { met, findings } = lint(saved, { accounts }, compilePattern);
        if (findings.some(({ level }) => level === 'fault')) return;
        const answers = happenings.map((facts) => judge(saved, facts).met);
        const ofEvents = answers.filter((_, index) => happenings[index]?.event);
        if (met === 'never') assert.ok(!answers.includes(true));
        if (met === 'always') assert.ok(!ofEvents.includes(false));
      }),
      { numRuns: 150 },
    );
  });

  it('says of no row what some event proves wrong', () => {
    fc.assert(
      fc.property(rule, (saved) => {
        const { findings } = lint(saved, { accounts }, compilePattern);
        for (const finding of findings) {
          if (finding.level !== 'fault') assert.ok(holds(finding, saved), JSON.stringify(finding));
        }
      }),
      { numRuns: 150 },
    );
  });
});

type Saved = { readonly all: readonly Row[]; readonly any: readonly Row[] };

/** What a finding claims, asked of every happening. */
function holds({ code, list, row, other }: Finding, saved: Saved): boolean {
  const mine = answersOf(saved[list][row]);
  const theirs = other ? answersOf(saved[other.list][other.row]) : [];
  const never = (wrong: (mine: boolean, theirs: boolean, index: number) => boolean): boolean =>
    !mine.some((met, index) => wrong(met, theirs[index] ?? false, index));
  const isEvent = (index: number): boolean => happenings[index]?.event !== undefined;
  if (code === 'neverMet') return never((mine) => mine);
  if (code === 'contradicts') return never((mine, theirs) => mine && theirs);
  if (code === 'alwaysMet') return never((mine, _, index) => !mine && isEvent(index));
  if (code === 'alwaysEither')
    return never((mine, theirs, index) => !mine && !theirs && isEvent(index));
  if (code === 'covered') return never((mine, theirs) => mine && !theirs);
  if (code === 'implied' || (code === 'demanded' && other))
    return never((mine, theirs) => theirs && !mine);
  return true;
}

function answersOf(row: Row | undefined): readonly boolean[] {
  const [compiled] = compileRows(readRule({ all: [row] }), compilePattern);
  if (!compiled || isFault(compiled)) return [];
  return happenings.map((facts) => compiled.look(facts).met);
}
