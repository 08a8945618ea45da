import assert from 'node:assert/strict';
import { compilePattern } from '../../../src/condition/pattern.ts';
import { readRule, type Row } from '../../../src/condition/rule.ts';
import { createTrial, type IsKnown } from '../../../src/condition/trial.ts';
import { factsOf, judge } from '../../support/facts.ts';

const incoming = { field: 'message', operator: 'equals', value: 'incoming' };
const accepted = { ...incoming, value: 'accepted' };
const unfinished = { field: 'queue', operator: 'equals', value: '' };

function tried(rule: { all?: readonly Row[]; any?: readonly Row[] }, isKnown?: IsKnown) {
  return createTrial(readRule(rule), compilePattern)(factsOf(), isKnown);
}

describe('a trial', () => {
  it('decides as the runtime does, with what every row found', () => {
    for (const rule of [{ all: [incoming], any: [accepted, incoming] }, { all: [accepted] }, {}]) {
      const trial = tried(rule);
      const verdict = judge(rule);
      assert.equal(trial.met, verdict.met);
      assert.deepEqual(
        [...trial.all, ...trial.any].map((found) => [found?.actual, found?.present, found?.met]),
        verdict.conditions.map(({ actual, present, met }) => [actual, present, met]),
      );
    }
  });

  it('judges the other rows while one is unfinished', () => {
    const { all, met } = tried({ all: [incoming, unfinished] });
    assert.deepEqual([all[0]?.met, all[1], met], [true, undefined, undefined]);
  });

  it('decides in spite of an unfinished row where that cannot change anything', () => {
    assert.equal(tried({ all: [accepted, unfinished] }).met, false);
    assert.equal(tried({ all: [incoming], any: [incoming, unfinished] }).met, true);
    assert.equal(tried({ all: [incoming], any: [accepted, unfinished] }).met, undefined);
  });

  it('leaves open what the facts do not hold', () => {
    assert.deepEqual(
      tried({ all: [incoming] }, () => false),
      { all: [undefined], any: [], met: undefined },
    );
  });
});
