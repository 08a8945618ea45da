import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ErrorCode, TriggerError } from '../../../src/errors.ts';
import type { Outcome } from '../../../src/forward/exchange.ts';
import {
  defaultSchedule,
  isRetried,
  longestWait,
  nextTry,
  retryAfter,
} from '../../../src/forward/schedule.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const hour = 3_600_000;
const answered = (statusCode: number, retryAfter?: string): Outcome => ({
  answer: {
    statusCode,
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    body: '',
  },
  error: new TriggerError('E_HTTP_STATUS', 'no'),
});
const failed = (code: ErrorCode): Outcome => ({ error: new TriggerError(code, 'no') });
const waitAfter = (attempts: number, outcome: Outcome, random = 0.5) => {
  const at = nextTry({ attempts, outcome, now, random }, defaultSchedule);
  return at === undefined ? undefined : at - now;
};

describe('the schedule of tries', () => {
  it('is 5 s, 30 s, 2 min, 10 min, 30 min, 2 h, 5 h, and then it ends', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => waitAfter(attempts, answered(500)));
    const seconds = [5, 30, 120, 600, 1800, 7200, 18_000].map((wait) => wait * 1000);
    assert.deepEqual(waits, [...seconds, undefined]);
  });

  it('spreads every wait by up to a fifth, each way, and never beyond', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempts, random) => {
          const wait = waitAfter(attempts, answered(503), random) ?? assert.fail();
          const middle = defaultSchedule[attempts - 1]! * 1000;
          assert.ok(wait >= Math.floor(middle * 0.8) && wait <= Math.ceil(middle * 1.2));
        },
      ),
    );
    assert.equal(waitAfter(1, answered(500), 0), 4_000);
    assert.ok(waitAfter(1, answered(500), 0.999_999)! > 5_990);
  });

  it('never comes before the target wants it, up to an hour, nor before its own time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.nat(10 ** 9), (attempts, seconds) => {
        const wait = waitAfter(attempts, answered(429, String(seconds)), 0) ?? assert.fail();
        const own = waitAfter(attempts, answered(429), 0) ?? assert.fail();
        assert.equal(wait, Math.max(own, Math.min(seconds * 1000, hour)));
        assert.ok(wait <= longestWait(defaultSchedule));
      }),
    );
  });

  for (const status of [408, 425, 429, 500, 501, 502, 503, 504, 599]) {
    it(`has another try after ${status}`, () => assert.ok(isRetried(answered(status))));
  }
  for (const status of [300, 301, 307, 400, 401, 403, 404, 409, 410, 422, 451]) {
    it(`has none after ${status}`, () => assert.ok(!isRetried(answered(status))));
  }
  for (const code of ['E_HTTP_NETWORK', 'E_HTTP_TIMEOUT'] as const) {
    it(`has another try after ${code}`, () => assert.ok(isRetried(failed(code))));
  }
  for (const code of ['E_HTTP_BLOCKED', 'E_URL', 'E_CONFIG', 'E_TEMPLATE'] as const) {
    it(`has none after ${code}`, () => assert.ok(!isRetried(failed(code))));
  }
  it('has none after a success', () => assert.ok(!isRetried({})));
});

describe('Retry-After', () => {
  for (const [header, wait] of [
    ['120', 120_000],
    [' 7 ', 7_000],
    ['0', 0],
    ['Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
    ['Sunday, 22-Nov-26 12:02:00 GMT', 120_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    ['Tue, 22 Nov 2326 12:00:00 GMT', hour],
    ['99999999999999999999999999', hour],
    ['-5', 0],
    ['1.5', 0],
    ['1e3', 0],
    ['soon', 0],
    ['2026', 2_026_000],
    ['', 0],
    [undefined, 0],
  ] as const) {
    it(`of ${JSON.stringify(header)} means ${wait / 1000} s`, () => {
      assert.equal(retryAfter(header, now), wait);
    });
  }

  it('is never negative nor over an hour, whatever stands there', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const wait = retryAfter(text, now);
        assert.ok(wait >= 0 && wait <= hour);
      }),
    );
  });
});
