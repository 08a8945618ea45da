import assert from 'node:assert/strict';
import { createBacktest } from '../../../src/condition/backtest.ts';
import { compilePattern } from '../../../src/condition/pattern.ts';
import type { SavedRule } from '../../../src/condition/rule.ts';
import { factsOf, sampleEvent } from '../../support/facts.ts';

const contains = (value: string): SavedRule => ({
  all: [{ field: 'message.text', operator: 'contains', value }],
});

function run(before: SavedRule, after: SavedRule, texts: readonly string[]) {
  const created = createBacktest<string>(before, after, compilePattern);
  assert.ok(created.ok);
  for (const text of texts) {
    const { message } = sampleEvent();
    const event = sampleEvent({ ...(message && { message: { ...message, text } }) });
    created.backtest.add(factsOf({ event }), text);
  }
  return created.backtest.result();
}

describe('backtest', () => {
  it('counts what the changed rule meets, and names what it gains and loses', () => {
    const texts = ['order', 'urgent order', 'urgent', 'hello'];
    assert.deepEqual(run(contains('order'), contains('urgent'), texts), {
      total: 4,
      met: 2,
      unknown: 0,
      newlyMet: ['urgent'],
      newlyNot: ['order'],
    });
  });

  it('finds no difference between a rule and itself, nor without any event', () => {
    const same = run(contains('a'), contains('a'), ['a', 'b']);
    assert.deepEqual([same.met, same.newlyMet, same.newlyNot], [1, [], []]);
    assert.deepEqual(run({}, contains('a'), []), {
      total: 0,
      met: 0,
      unknown: 0,
      newlyMet: [],
      newlyNot: [],
    });
  });

  it('takes a rule that was refused for one that met nothing', () => {
    const refused = { all: [{ field: 'colour', operator: 'equals', value: 'red' }] };
    assert.deepEqual(run(refused, {}, ['a', 'b']).newlyMet, ['a', 'b']);
  });

  it('counts what cannot be said, and takes it neither for gained nor for lost', () => {
    const created = createBacktest<string>(contains('Hello'), contains('order'), compilePattern);
    assert.ok(created.ok);
    created.backtest.add(factsOf(), 'hidden', ({ value }) => value !== 'order');
    created.backtest.add(factsOf(), 'hidden before', ({ value }) => value !== 'Hello');
    const { total, met, unknown, newlyMet, newlyNot } = created.backtest.result();
    assert.deepEqual([total, met, unknown, newlyMet, newlyNot], [2, 0, 2, [], []]);
  });

  it('says what is wrong with a changed rule that cannot be asked', () => {
    const created = createBacktest({}, { any: [{ field: 'queue' }] }, compilePattern);
    assert.deepEqual(
      created.ok ? [] : created.problems.map(({ list, row, code }) => [list, row, code]),
      [['any', 0, 'noOperator']],
    );
  });
});
