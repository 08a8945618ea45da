import assert from 'node:assert/strict';
import type { LogLack } from '../../../src/trace/log-settings.ts';
import type { Sample } from '../../../src/trace/log-types.ts';
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
  masked: [],
};
const declared = [{ name: 'LEVEL', default: 'gold' }];

describe('an event out of the trigger log', () => {
  it('is judged at its own time, with its own variables and the declared defaults', () => {
    const { now, variables } = factsOfSample(sample, declared);
    assert.equal(now.toISOString(), sample.at);
    const { ORDERNUM, LEVEL, text } = variables as Record<string, unknown>;
    assert.deepEqual([ORDERNUM, LEVEL, text], ['7', 'gold', 'Hello, where is it?']);
  });

  function kept(
    field: string,
    more: object,
    { actual = 'some text', masked = [], msg = sample.msg }: Found = {},
  ): boolean {
    const found = { present: actual !== null, actual, met: true };
    const row = { field, operator: 'exists', ...more };
    return isKept(row, found, { msg, masked }, new Set(['PIN']));
  }

  it('leaves open what the log does not keep: sensitive variables and other properties', () => {
    assert.equal(kept('variable', { name: 'PIN' }), false);
    assert.equal(kept('variable', { name: 'LEVEL' }), true);
    assert.equal(kept('msg', { path: 'req.ip' }), false);
    assert.equal(kept('msg', { path: 'msg.payload.message.text' }), true);
    assert.equal(kept('msg', { path: 'payload.interaction' }), false);
    assert.equal(kept('queue', {}), true);
    assert.equal(kept('contact.phone', {}, { actual: '•••4567' }), false);
  });

  it("leaves open what the provider's own object says, which the log never keeps", () => {
    const absent = { actual: null };
    assert.equal(kept('msg', { path: 'payload.raw.from' }, absent), false);
    assert.equal(kept('msg', { path: 'payload.queue' }, { ...absent, masked: ['raw'] }), true);
    assert.equal(kept('msg', { path: 'payload' }, { masked: ['raw'] }), false);
  });

  it('leaves open what went with the text, and what holds that', () => {
    const media = [{ type: 'image', mimeType: 'image/png' }];
    const payload = { ...event, message: { ...event.message, media } };
    const found = { masked: ['text'], msg: { ...sample.msg, payload } } as const;
    const absent = { ...found, actual: null };
    for (const path of ['location.latitude', 'referral', 'media[0].url', 'media[1].type']) {
      assert.equal(kept('msg', { path: `payload.message.${path}` }, absent), false, path);
    }
    assert.equal(kept('msg', { path: 'payload.message.media' }, found), false);
    assert.equal(kept('msg', { path: 'payload.message' }, found), false);
    assert.equal(kept('msg', { path: 'payload.message.media[0].type' }, found), true);
    assert.equal(kept('msg', { path: 'payload.message.buttonId' }, absent), true);
    assert.equal(kept('msg', { path: 'variables.latitude' }, { ...found, actual: '' }), false);
    assert.equal(kept('variable', { name: 'mediaurl' }, absent), false);
    assert.equal(kept('variable', { name: 'mediaurl' }, { actual: null }), true);
    assert.equal(kept('msg', { path: 'payload.message.location' }, { actual: null }), true);
  });

  it('leaves open a variable that was cut, and not one that ends with dots', () => {
    const cut = { actual: 'x…', masked: ['msg'] } as const;
    assert.equal(kept('variable', { name: 'ADDRESS' }, cut), false);
    assert.equal(kept('msg', { path: 'variables.ADDRESS' }, cut), false);
    assert.equal(kept('variable', { name: 'ADDRESS' }, { actual: 'x…' }), true);
    assert.equal(kept('message.text', {}, cut), true);
  });

  it('leaves open everything of an event that was cut', () => {
    assert.equal(kept('message.text', {}, { masked: ['event'] }), false);
  });
});

interface Found {
  readonly actual?: string | null;
  readonly masked?: readonly LogLack[];
  readonly msg?: Sample['msg'];
}
