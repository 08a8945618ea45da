import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readAnyJson, readJson } from '../../../src/provider/json-body.ts';

const encoder = new TextEncoder();
const read = (json: string): unknown => {
  const body = readAnyJson(encoder.encode(json));
  assert.ok(typeof body === 'object', json);
  return body.value;
};

describe('a JSON body', () => {
  it('keeps every digit of an id that no number can hold, as text', () => {
    for (const digits of [
      '9007199254740992',
      '9007199254740993',
      '-9007199254740993',
      '1'.repeat(40),
    ]) {
      assert.equal(read(digits), digits);
      assert.deepEqual(read(`{"id":${digits}}`), { id: digits });
      assert.deepEqual(read(`[0,${digits}]`), [0, digits]);
      assert.deepEqual(read(`{"a" :\n ${digits}\t}`), { a: digits });
    }
  });

  it('has numbers for all others, and texts as they are', () => {
    const rest =
      '{"a":9007199254740991,"b":1795338000123,"c":0.12345678901234567,"d":1e21,"e":"9007199254740993"}';
    assert.deepEqual(read(`{"id":9007199254740993,"rest":${rest}}`), {
      id: '9007199254740993',
      rest: JSON.parse(rest),
    });
  });

  it('is what JSON.parse makes of it, but for those ids', () => {
    const plain = fc.json().filter((json) => !/\d{16}/.test(json));
    fc.assert(
      fc.property(plain, fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }), (json, id) => {
        assert.deepEqual(read(json), JSON.parse(json));
        const { rest, ...more } = readJson(encoder.encode(`{"rest":${json},"id":${id}}`)) as {
          rest: unknown;
        };
        assert.deepEqual([more, rest], [{ id: String(id) }, JSON.parse(json)]);
      }),
    );
  });
});
