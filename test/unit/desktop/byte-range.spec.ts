import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { partOf, rangeOf } from '../../../src/desktop/server/byte-range.ts';

describe('a part of a file', () => {
  for (const [header, wanted] of [
    ['bytes=0-0', { from: 0, to: 0 }],
    ['bytes=2-', { from: 2, to: 9 }],
    ['bytes=2-99', { from: 2, to: 9 }],
    ['bytes=-3', { from: 7, to: 9 }],
    ['bytes=-99', { from: 0, to: 9 }],
    ['bytes=10-', 'beyond'],
    ['bytes=-0', 'beyond'],
    ['bytes=5-4', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=a-b', undefined],
    ['items=0-1', undefined],
    [`bytes=${'9'.repeat(40)}-`, undefined],
    [undefined, undefined],
  ] as const) {
    it(`is read from ${header ?? 'no header'}`, () => {
      assert.deepEqual(rangeOf(header, 10), wanted);
    });
  }

  it('does not exist of an empty file', () => {
    assert.equal(rangeOf('bytes=0-', 0), 'beyond');
  });

  it('has the bytes that it names, however they come', async () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 9 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(chunks, fc.nat(), fc.nat(), async (pieces, one, other) => {
        const whole = Buffer.concat(pieces);
        const [from, to] = [one % whole.length, other % whole.length].sort((a, b) => a - b);
        const range = { from: from!, to: to! };
        const stream = Readable.from(pieces.map((piece) => Buffer.from(piece)));
        assert.deepEqual(await buffer(partOf(stream, range)), whole.subarray(from, to! + 1));
      }),
      { numRuns: 100 },
    );
  });

  it('lets go of the file when nobody wants it any more', async () => {
    const endless = new Readable({ read: () => undefined });
    const part = partOf(endless, { from: 1, to: 2 });
    const closed = once(endless, 'close');
    part.destroy();
    await closed;
  });
});
