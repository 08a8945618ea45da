import assert from 'node:assert/strict';
import fc from 'fast-check';
import { retryDelay } from '../../../src/desktop/app/model/backoff.ts';
import { clockText, secondsLeft } from '../../../src/desktop/app/model/countdown.ts';

describe('the delay before a new connection', () => {
  it('doubles from half a second to half a minute', () => {
    const almost = 0.999_999;
    const delays = [0, 1, 2, 3, 6, 100].map((attempt) => retryDelay(attempt, almost));
    assert.deepEqual(delays, [500, 1000, 2000, 4000, 30_000, 30_000]);
  });

  it('is spread over its upper half, so that pages do not come back all at once', () => {
    const attempts = fc.nat(2000);
    fc.assert(
      fc.property(attempts, fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
        const delay = retryDelay(attempt, random);
        const longest = retryDelay(attempt, 1);
        assert.ok(longest / 2 <= delay && delay <= longest && longest <= 30_000);
      }),
    );
  });
});

describe('the countdown of an offer', () => {
  it('counts whole seconds by the clock of the server and stops at none', () => {
    assert.equal(secondsLeft(90_000, 29_500, 60_000), 1);
    assert.equal(secondsLeft(90_000, 28_999, 60_000), 2);
    assert.equal(secondsLeft(90_000, 99_000, 60_000), 0);
  });

  it('reads like a clock', () => {
    assert.deepEqual([0, 7, 60, 754].map(clockText), ['0:00', '0:07', '1:00', '12:34']);
  });
});
