import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePageWord } from '../../../src/desktop/server/words.ts';

describe('words of a page', () => {
  for (const word of [
    { type: 'accept', offerId: 'o-1' },
    { type: 'reject', offerId: 'o-1' },
    { type: 'claim', pageId: 'p-1' },
    { type: 'ping' },
  ]) {
    it(`know "${word.type}"`, () => assert.deepEqual(parsePageWord(JSON.stringify(word)), word));
  }

  it('are nothing but these, whatever is sent', () => {
    const id = fc.oneof(fc.string(), fc.constant('x'.repeat(200)), fc.jsonValue());
    const type = fc.oneof(
      fc.constantFrom('accept', 'reject', 'claim', 'ping', 'pong'),
      fc.string(),
    );
    const near = fc.record(
      { type, offerId: id, pageId: id, agent: fc.string(), __proto__: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          near.map((value) => JSON.stringify(value)),
          fc.json(),
          fc.string(),
        ),
        (text) => {
          const word = parsePageWord(text);
          if (!word) return;
          const { type, ...rest } = word;
          const names = { accept: ['offerId'], reject: ['offerId'], claim: ['pageId'], ping: [] }[
            type
          ];
          assert.deepEqual(Object.keys(rest), names);
          for (const value of Object.values(rest)) {
            assert.ok(typeof value === 'string' && value.length >= 1 && value.length <= 128);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
