import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createBlur } from '../../../src/trace/blur.ts';

describe('blurring', () => {
  it('keeps the length of words and what is to be kept, in capitals or not', () => {
    const blur = createBlur(['C++ (new)', 'pizza', 'follow-up']);
    assert.equal(
      blur('My PIZZA, c++ (NEW): 12€, a follow-up'),
      'Xx PIZZA, c++ (NEW): 00€, x follow-up',
    );
  });

  it('keeps any text whatever stands in it, and nothing else for it', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(text, (kept) => {
        assert.equal(createBlur([kept])(kept), kept);
      }),
    );
    const marks = 'ab1 \\^$.*+?()[]{}|/-'.split('');
    const mark = fc.string({ unit: fc.constantFrom(...marks), minLength: 1 });
    fc.assert(
      fc.property(mark, mark, (kept, other) => {
        fc.pre(!other.includes(kept));
        assert.equal(createBlur([kept])(other), createBlur([])(other));
      }),
    );
  });

  it('keeps a choice of a menu alone, and no digit of a number for it', () => {
    const blur = createBlur(['1', '2', '34']);
    assert.equal(blur('1, 34 or 1234'), '1, 34 xx 0000');
  });

  it('leaves no other letter and no other digit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(createBlur([])(text), /[^\P{L}xX]|[^\P{Nd}0]/u);
      }),
    );
  });
});
