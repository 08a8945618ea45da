import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readForm, readQuery } from '../../../src/provider/form.ts';

const read = (form: string): unknown => readForm(Buffer.from(form));

describe('a form', () => {
  it('keeps the order, repeated names and empty values, and reads a plus as a blank', () => {
    assert.deepEqual(read('To=whatsapp%3A%2B39&Body=a+b%2Bc&To=&x'), [
      ['To', 'whatsapp:+39'],
      ['Body', 'a b+c'],
      ['To', ''],
      ['x', ''],
    ]);
  });

  it('gives back every text that a browser has encoded', () => {
    const pair = fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1 }), (pairs) => {
        const wellFormed = pairs.map((pair) => pair.map((part) => part.toWellFormed()));
        assert.deepEqual(read(new URLSearchParams(pairs).toString()), wellFormed);
      }),
    );
  });

  it('is read from any bytes, with what is no UTF-8 replaced', () => {
    assert.deepEqual(read('a=%ff%&%zz=1'), [
      ['a', '\ufffd%'],
      ['%zz', '1'],
    ]);
    assert.deepEqual(readForm(Uint8Array.of(0x61, 0x3d, 0xc3)), [['a', '\ufffd']]);
    fc.assert(fc.property(fc.uint8Array(), (bytes) => Array.isArray(readForm(bytes))));
  });

  it('keeps a leading question mark and a byte order mark, which belong to the first name', () => {
    assert.deepEqual(read('?a=1'), [['?a', '1']]);
    assert.deepEqual(read('\ufeffa=1'), [['\ufeffa', '1']]);
  });

  it('with more fields than any provider sends is refused before it is taken apart', () => {
    assert.ok(Array.isArray(read(Array.from({ length: 2_000 }, () => 'a=1').join('&'))));
    assert.match(String(read('&'.repeat(2_000))), /more than 2000 fields/);
  });

  it('may stand in the query of a URL', () => {
    assert.deepEqual(readQuery('/whatsapp/x?from=1&body=%C3%A8#end'), [
      ['from', '1'],
      ['body', 'è'],
    ]);
    assert.deepEqual(readQuery('/whatsapp/x'), []);
  });
});
