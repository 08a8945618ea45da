import assert from 'node:assert/strict';
import { factsOfSample, isKept } from '../../../src/trace/sample-facts.ts';
import { sampleEvent } from '../../support/facts.ts';

const event = sampleEvent();
const sample = {
  id: 'evt-1',
  at: '2026-03-02T09:30:00.000Z',
  label: 'message.incoming',
  event,
  variables: { ORDERNUM: '7' },
  msg: { topic: 'message.incoming', payload: event, variables: { ORDERNUM: '7' } },
};
const declared = [{ name: 'LEVEL', default: 'gold' }];

describe('an event out of the trigger log', () => {
  it('is judged at its own time, with its own variables and the declared defaults', () => {
    const { now, variables } = factsOfSample(sample, declared);
    assert.equal(now.toISOString(), sample.at);
    const { ORDERNUM, LEVEL, text } = variables as Record<string, unknown>;
    assert.deepEqual([ORDERNUM, LEVEL, text], ['7', 'gold', 'Hello, where is it?']);
  });

  it('leaves open what the log does not keep: sensitive variables and other properties', () => {
    const kept = (field: string, more: object, actual = 'some text') => {
      const found = { present: true, actual, met: true };
      return isKept({ field, operator: 'exists', ...more }, found, sample, new Set(['PIN']));
    };
    assert.equal(kept('variable', { name: 'PIN' }), false);
    assert.equal(kept('variable', { name: 'LEVEL' }), true);
    assert.equal(kept('msg', { path: 'req.ip' }), false);
    assert.equal(kept('msg', { path: 'msg.payload.message.text' }), true);
    assert.equal(kept('msg', { path: 'payload.interaction' }), false);
    assert.equal(kept('queue', {}), true);
    assert.equal(kept('contact.phone', {}, '•••4567'), false);
  });
});
