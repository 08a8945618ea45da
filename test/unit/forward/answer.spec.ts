import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { readBody, responseVariables } from '../../../src/forward/answer.ts';

const read = (body: string | Buffer, type?: string, more: object = {}) =>
  readBody(Buffer.from(body), { ...(type && { 'content-type': type }), ...more });

describe('The body of an answer', () => {
  it('is parsed when its type is JSON', () => {
    for (const type of ['application/json', 'text/json; charset=utf-8', 'application/hal+json']) {
      assert.deepEqual(read('{"a":[1]}', type), { a: [1] });
    }
  });

  it('is text when its type is another, or it is no JSON', () => {
    assert.equal(read('{"a":1}', 'text/plain'), '{"a":1}');
    assert.equal(read('{"a":1}'), '{"a":1}');
    assert.equal(read('{"a":', 'application/json'), '{"a":');
    assert.equal(read('x', 'text/html; json=application/json'), 'x');
  });

  it('is decoded by its character set, UTF-8 when that is unknown', () => {
    assert.equal(read(Buffer.from([0xe0]), 'text/plain; charset=iso-8859-1'), 'à');
    assert.equal(read('à', 'text/plain; charset="utf-8"'), 'à');
    assert.equal(read('à', 'text/plain; charset=klingon'), 'à');
    assert.equal(read(Buffer.from([0xff]), 'text/plain'), '\ufffd');
  });

  it('stays text when it is nested deeper than anything that walks it would stand', () => {
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    assert.equal(read(deep, 'application/json'), deep);
    const quoted = JSON.stringify({ a: `${'['.repeat(100)}"\\` });
    assert.deepEqual(read(quoted, 'application/json'), JSON.parse(quoted));
  });

  it('is empty when it is compressed though we asked for none', () => {
    assert.equal(read(gzipSync('x'.repeat(1e6)), 'text/plain', { 'content-encoding': 'gzip' }), '');
  });

  it('gives variables by own paths only', () => {
    const body = JSON.parse('{"a":{"b":[true]},"__proto__":{"x":1},"n":null}');
    const wanted = [
      ['B', ['a', 'b', '0']],
      ['A', ['a']],
      ['N', ['n']],
      ['C', ['constructor', 'name']],
    ] as const;
    const rows = wanted.map(([variable, path]) => ({ variable, path }));
    assert.deepEqual(responseVariables(rows, body), {
      found: { B: 'true', A: '{"b":[true]}' },
      missing: ['N', 'C'],
    });
    assert.deepEqual(responseVariables(rows, 'text').missing, ['B', 'A', 'N', 'C']);
  });
});
