import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keptMessage } from '../../../src/forward/kept-message.ts';

const kept = (msg: object): any => JSON.parse(keptMessage(msg) ?? assert.fail('It is too big.'));

describe('a message that is kept', () => {
  it('comes back with all that JSON can hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (payload, topic) => {
        const same = JSON.parse(JSON.stringify({ payload, topic, order: { id: payload } }));
        assert.deepEqual(kept({ payload, topic, order: { id: payload } }), same);
      }),
    );
  });

  it('is without what cannot be kept, and without what belongs to the runtime', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const msg = { payload: 1, circle, big: 10n, act: () => 1, req: {}, res: {}, _msgid: 'x' };
    assert.deepEqual(kept(msg), { payload: 1 });
  });

  it('keeps its essential parts when the rest makes it too big', () => {
    const msg = { payload: 1, topic: 't', variables: { A: '1' }, trigger: { met: true } };
    assert.deepEqual(kept({ ...msg, file: 'x'.repeat(300_000) }), msg);
  });

  it('is none when those are too big', () => {
    assert.equal(keptMessage({ payload: 'é'.repeat(140_000) }), undefined);
  });

  it('does no harm with names that objects know', () => {
    const msg = JSON.parse('{"payload": {"__proto__": {"a": 1}}, "constructor": "x"}');
    const back = kept(msg);
    assert.equal(back.constructor, 'x');
    assert.equal(({} as any).a, undefined);
  });
});
