import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isLeftOut, keptMessage, keptWith, readKept } from '../../../src/forward/kept-message.ts';

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

  it('has the values beside it that a template found in what is left out', () => {
    const msg = { payload: { id: 1 }, error: { message: 'no' }, file: 'x'.repeat(300_000) };
    const values = { 'response.body.id': 'A7', 'payload.id': '1', 'file.size': '', text: 'Ciao' };
    const text = keptMessage(msg, values) ?? assert.fail('It is too big.');
    const { 'payload.id': _, ...lost } = values;
    assert.deepEqual(readKept(text), { message: { payload: { id: 1 } }, values: lost });
    const completed = { payload: { id: 1 }, response: { statusCode: 200 } };
    assert.deepEqual(readKept(keptWith(completed, text)), { message: completed, values: lost });
  });

  it('is plain when no template asked for anything else', () => {
    const text = keptMessage({ payload: { id: 1 } }, { 'payload.id': '1' }) ?? '';
    assert.equal(text, '{"payload":{"id":1}}');
    assert.deepEqual(readKept(text), { message: { payload: { id: 1 } }, values: {} });
    assert.equal(keptWith({ payload: 2 }, text), '{"payload":2}');
  });

  it('never has what a name of these begins with', () => {
    for (const name of ['response.body.id', 'error', 'req.query.id', '_msgid']) {
      assert.ok(isLeftOut(name), name);
    }
    for (const name of ['payload.response', 'responses', 'text']) assert.ok(!isLeftOut(name), name);
  });
});
