import assert from 'node:assert/strict';
import vm from 'node:vm';
import * as fc from 'fast-check';
import { eventDocument } from '../../../src/script/event-document.ts';

const variables = { text: 'hello' };
const read = (payload: unknown) => JSON.parse(eventDocument(payload, variables));

describe('what a script reads on stdin', () => {
  it('is the event with its variables', () => {
    assert.deepEqual(read({ id: 'e1', message: { text: 'hello' } }), {
      id: 'e1',
      message: { text: 'hello' },
      variables,
    });
  });

  it('holds any other payload under its name', () => {
    for (const payload of ['text', 7, true, null, [1, 2]]) {
      assert.deepEqual(read(payload), { payload, variables });
    }
    assert.deepEqual(read(undefined), { variables });
    assert.deepEqual(read(new Date(0)), { payload: '1970-01-01T00:00:00.000Z', variables });
  });

  it('takes an object of another realm, such as a Function node makes, as an object', () => {
    assert.deepEqual(read(vm.runInNewContext('({ order: 1 })')), { order: 1, variables });
  });

  it('is one line of well-formed text that reads back as the very event', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (payload) => {
        const text = eventDocument(payload, variables);
        assert.ok(text.isWellFormed() && !text.includes('\n'));
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify({ ...payload, variables })));
      }),
    );
    const hostile = { text: '\ud83d \0 "\u202e' };
    assert.deepEqual(read(hostile), { ...hostile, variables });
  });

  it('makes a payload readable that JSON cannot express', () => {
    const shared = { n: 1n };
    const circular: Record<string, unknown> = { a: shared, b: shared };
    circular['self'] = circular;
    circular['list'] = [circular];
    assert.deepEqual(read(circular), {
      a: { n: '1' },
      b: { n: '1' },
      self: { a: { n: '1' }, b: { n: '1' }, self: '[circular]', list: ['[circular]'] },
      list: [{ a: { n: '1' }, b: { n: '1' }, self: '[circular]', list: '[circular]' }],
      variables,
    });
  });

  it('leaves out a payload that cannot be read at all', () => {
    const throwing = {
      get text(): string {
        throw new Error('no');
      },
    };
    let deep: unknown = 1n;
    for (let depth = 0; depth < 20_000; depth++) deep = [deep];
    assert.deepEqual(read(throwing), { variables });
    assert.deepEqual(read(deep), { variables });
  });
});
