import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asText, ownAt, parsePath } from '../../../src/template/own-path.ts';

describe('A path', () => {
  for (const [text, segments] of [
    ['a', ['a']],
    ['a.b.c', ['a', 'b', 'c']],
    ['a[0].b', ['a', '0', 'b']],
    ['[1][2]', ['1', '2']],
    ['a["b c"][\'d.e\']', ['a', 'b c', 'd.e']],
    [' order.items[10].id ', ['order', 'items', '10', 'id']],
  ] as const) {
    it(`is read: ${text}`, () => assert.deepEqual(parsePath(text), segments));
  }

  for (const text of ['', ' ', '.a', 'a.', 'a..b', 'a[', 'a[]', 'a[x]', 'a]', 'a[-1]']) {
    it(`is refused: ${JSON.stringify(text)}`, () => assert.equal(parsePath(text), undefined));
  }

  it('leads to own properties only', () => {
    const value = { a: [{ b: 1 }], text: 'x' };
    assert.equal(ownAt(value, ['a', '0', 'b']), 1);
    assert.equal(ownAt(value, ['a', 'length']), 1);
    for (const path of ['constructor', '__proto__', 'a.constructor.name', 'text.length', 'a.1.b']) {
      assert.equal(ownAt(value, path.split('.')), undefined, path);
    }
  });

  it('never throws, whatever it walks', () => {
    const paths = fc.array(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '0')));
    fc.assert(fc.property(fc.anything(), paths, (value, path) => void ownAt(value, path)));
  });
});

describe('The text of a value', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  for (const [value, text] of [
    ['', ''],
    [0, '0'],
    [false, 'false'],
    [12n, '12'],
    [{ a: [1, null] }, '{"a":[1,null]}'],
    [null, undefined],
    [undefined, undefined],
    [() => 'called', undefined],
    [Symbol('s'), undefined],
    [cycle, undefined],
  ] as const) {
    it(`of a ${value === null ? 'null' : typeof value} is ${text ?? 'none'}`, () => {
      assert.equal(asText(value), text);
    });
  }
});
