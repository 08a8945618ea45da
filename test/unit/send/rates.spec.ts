import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRates } from '../../../src/send/rates.ts';

describe('the rates of a provider', () => {
  const rate = fc.record({
    perSecond: fc.double({ min: 0.1, max: 100, noNaN: true }),
    burst: fc.integer({ min: 1, max: 50 }),
  });
  const pauses = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 80 });

  it('let no more go in any span than the burst and what the span allows', () => {
    fc.assert(
      fc.property(rate, pauses, ({ perSecond, burst }, pauses) => {
        let now = 1_000;
        const rates = createRates(() => now);
        const times = pauses.map((pause) => {
          now += pause;
          return now + rates.reserve('a', { perSecond, burst });
        });
        for (const [first, from] of times.entries()) {
          for (const [last, to] of times.entries()) {
            if (last < first) continue;
            const allowed = burst + ((to - from) / 1000) * perSecond;
            assert.ok(last - first + 1 <= allowed + 1e-6, `${first} to ${last}`);
          }
        }
      }),
    );
  });

  it('keep the order of asking, and let whoever comes after a pause go at once', () => {
    fc.assert(
      fc.property(rate, pauses, (rate, pauses) => {
        let now = 0;
        const rates = createRates(() => now);
        let last = 0;
        for (const pause of pauses) {
          now += pause;
          const at = now + rates.reserve('a', rate);
          assert.ok(at >= last);
          last = at;
        }
        now = last + (rate.burst * 1000) / rate.perSecond;
        assert.equal(rates.reserve('a', rate), 0);
      }),
    );
  });

  it('hold what the provider wants held, and nothing of anybody else', () => {
    const rates = createRates(() => 0);
    const rate = { perSecond: 10, burst: 5 };
    rates.hold('a', rate, 3_000);
    assert.equal(rates.reserve('a', rate), 3_000);
    assert.equal(rates.reserve('a', rate), 3_100);
    assert.equal(rates.reserve('b', rate), 0);
  });
});
