import assert from 'node:assert/strict';
import type { Step, StepKind, StepOutcome, StepRow } from '../../../src/trace/log-types.ts';
import { judge } from '../../../src/trace/verdict.ts';

const at = '2026-11-22T10:00:00.000Z';
const popup = { id: 'popup', type: 'browser-popup', name: 'Show' };
const forward = { id: 'forward', type: 'url-forward', name: '' };
const trigger = { id: 'trigger', type: 'trigger-condition', name: 'Urgent?' };

const step = (
  kind: StepKind,
  outcome: StepOutcome,
  node?: Step['node'],
  detail: Step['detail'] = {},
): Step => ({ at, kind, outcome, ...(node ? { node } : {}), detail });
const row = (list: StepRow['list'], met: boolean, value = 'x'): StepRow => {
  const actual = met ? value : null;
  return { list, field: 'message.text', operator: 'equals', value, actual, present: met, met };
};
const decision = (outcome: StepOutcome, ...conditions: StepRow[]): Step =>
  step('decision', outcome, trigger, { sentence: 'It fires.', met: outcome === 'met', conditions });
const shown = (outcome: StepOutcome): Step =>
  step('receipt', outcome, popup, { agent: 'anna', receiptId: 'r1' });
const popped = (outcome: StepOutcome, reason?: string): Step =>
  step('action', outcome, popup, { receipt: { id: 'r1', agents: ['anna'], reason } });
const answer = (...steps: Step[]): string => {
  const { outcome, why } = judge(steps);
  return `${outcome}: ${why.key}`;
};

describe('judging what became of an event', () => {
  it('names the first row of "all" that was false, and what it found', () => {
    const { outcome, why } = judge([
      decision('notMet', row('all', true), row('all', false, 'vip')),
    ]);
    assert.equal(outcome, 'notMet');
    assert.deepEqual(why, {
      key: 'rowFalse',
      values: {
        trigger: 'Urgent?',
        nodeId: 'trigger',
        sentence: 'It fires.',
        list: 'all',
        row: 1,
        field: 'message.text',
        operator: 'equals',
        value: 'vip',
        actual: null,
      },
    });
  });

  it('says that none of "any" was met where all of "all" were', () => {
    const { why } = judge([
      decision('notMet', row('all', true), row('any', false), row('any', false)),
    ]);
    assert.equal(why.key, 'noneOfAny');
    assert.equal(why.values['rows'], 2);
  });

  it('takes the trigger that stopped it, behind another that was met', () => {
    assert.equal(answer(decision('met'), decision('off')), 'taken: met');
    const second = { ...decision('notMet', row('all', false)), node: { ...trigger, id: 'second' } };
    assert.equal(answer(decision('met'), second), 'notMet: rowFalse');
  });

  it('puts a failure before everything else, and what reached nobody before what waits', () => {
    const failed = step('action', 'failed', forward, { error: { code: 'E_URL', message: 'No.' } });
    assert.equal(answer(popped('undelivered', 'nobody'), failed), 'failed: failed');
    assert.equal(answer(popped('undelivered', 'nobody')), 'undelivered: undelivered');
    assert.equal(
      answer(popped('undelivered', 'nobody'), step('action', 'waiting', forward)),
      'undelivered: undelivered',
    );
  });

  it('follows a page to its agents, in whatever order that is heard', () => {
    assert.equal(answer(popped('waiting')), 'waiting: waitingPage');
    assert.equal(answer(popped('waiting'), shown('shown')), 'acted: acted');
    assert.equal(answer(shown('shown'), popped('waiting')), 'acted: acted');
    assert.equal(answer(popped('waiting'), shown('blocked')), 'waiting: waitingPage');
    assert.equal(answer(popped('waiting'), shown('expired')), 'undelivered: undelivered');
    assert.equal(answer(popped('waiting'), shown('withdrawn'), shown('shown')), 'acted: acted');
  });

  it('follows a forward over its tries', () => {
    const error = { code: 'E_HTTP_STATUS', message: '503' };
    const tried = step('try', 'retrying', forward, { error });
    const { outcome, why } = judge([tried, step('action', 'waiting', forward)]);
    assert.equal(outcome, 'waiting');
    assert.deepEqual(
      [why.key, why.values['node'], why.values['code']],
      ['waitingTry', 'url-forward', 'E_HTTP_STATUS'],
    );
    assert.equal(answer(tried, step('action', 'done', forward)), 'acted: acted');
  });

  it('judges by what a node did last', () => {
    const failed = step('action', 'failed', forward);
    assert.equal(
      answer(failed, step('resent', 'resent'), step('action', 'done', forward)),
      'acted: acted',
    );
    assert.equal(answer(step('action', 'stubbed', forward), popped('done')), 'stubbed: stubbed');
  });

  it('says why nobody took it, or kept it', () => {
    const left = step('taken', 'notTaken', undefined, { reason: 'noInlet' });
    assert.equal(answer(step('received', 'received'), left), 'notTaken: noInlet');
    const inlet = { id: 'in', type: 'whatsapp-in', name: '' };
    assert.equal(answer(step('taken', 'taken', inlet)), 'taken: taken');
    assert.equal(
      answer(step('taken', 'taken', inlet), step('taken', 'letGo', inlet)),
      'taken: letGo',
    );
  });

  it('tells a request by its reason', () => {
    const values = { number: '123' };
    const { outcome, why } = judge([
      step('refused', 'refused', undefined, { reason: 'unknownNumber', path: 'p', values }),
    ]);
    assert.equal(outcome, 'refused');
    assert.deepEqual(why, { key: 'unknownNumber', values: { path: 'p', number: '123' } });
  });
});
