import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cut, shortened } from '../../../src/trace/cut.ts';

describe('cutting what goes to the log', () => {
  it('keeps small plain data as it is', () => {
    const value = { a: 1, b: [true, null, 'è'], c: { d: '' } };
    assert.deepEqual(cut(value), value);
  });

  it('shortens long texts between characters', () => {
    assert.equal(shortened('abc', 3), 'abc');
    assert.equal(shortened('abcd', 3), 'abc…');
    assert.equal(shortened('ab🌻', 3), 'ab…');
    assert.equal((cut({ text: 'x'.repeat(10_000) }) as { text: string }).text.length, 501);
  });

  it('names bytes by their number and leaves functions out', () => {
    const run = (): void => undefined;
    assert.deepEqual(cut({ body: Buffer.from('abc'), run }), { body: '… 3 bytes' });
  });

  it('ends where an object runs in a circle or a getter throws', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    assert.doesNotThrow(() => JSON.stringify(cut(circle)));
    const hostile = {
      get body() {
        throw new Error('no');
      },
    };
    assert.equal(cut(hostile), '…');
  });

  it('hides in values and in names', () => {
    const hide = (text: string): string => text.replaceAll('secret', '•••');
    assert.deepEqual(cut({ 'a secret': ['the secret'] }, hide), { 'a •••': ['the •••'] });
  });

  it('hides a number that is a secret', () => {
    const hide = (text: string): string => (text === '4711' ? '•••' : text);
    assert.deepEqual(cut({ pin: 4711, count: 12 }, hide), { pin: '•••', count: 12 });
  });

  it('is never bigger than there is room for, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 8, withBigInt: true, withTypedArray: true }), (value) => {
        const text = JSON.stringify(cut([value, value])) ?? '';
        assert.ok(text.length < 60_000);
      }),
    );
    const wide = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, i]));
    const deep = Array.from({ length: 200 }, () => Array.from({ length: 200 }, () => wide));
    assert.ok(JSON.stringify(cut(deep)).length < 60_000);
  });
});
