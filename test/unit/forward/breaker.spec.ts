import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  admit,
  type Breaker,
  closedBreaker,
  record,
  waitOf,
} from '../../../src/forward/breaker.ts';

const after = (results: readonly boolean[], now = 0, from: Breaker = closedBreaker): Breaker =>
  results.reduce((breaker, failed) => record(breaker, { began: now, failed }, now), from);
const times = (count: number, failed: boolean): boolean[] => Array(count).fill(failed);

describe('the breaker of a target', () => {
  it('opens for 30 s when half of twenty tries have failed', () => {
    const breaker = after([...times(10, false), ...times(10, true)]);
    assert.equal(waitOf(breaker, 0), 30_000);
    assert.equal(waitOf(breaker, 29_999), 1);
    assert.equal(waitOf(breaker, 30_000), 0);
  });

  it('stays closed after nineteen failures, and while fewer than half fail', () => {
    assert.equal(waitOf(after(times(19, true)), 0), 0);
    assert.equal(waitOf(after([...times(11, false), ...times(10, true)]), 0), 0);
  });

  it('forgets what is older than 30 s', () => {
    const early = after(times(19, true), 0);
    assert.equal(waitOf(after([true], 31_000, early), 31_000), 0);
    assert.ok(waitOf(after([true], 29_000, early), 29_000) > 0);
  });

  it('lets one try through after the pause, and closes when it succeeds', () => {
    const probing = admit(after(times(20, true)), 30_000);
    assert.ok(waitOf(probing, 30_001) > 0);
    const closed = record(probing, { began: 30_000, failed: false }, 30_100);
    assert.deepEqual(closed, closedBreaker);
  });

  it('pauses again when that try fails', () => {
    const probing = admit(after(times(20, true)), 30_000);
    const open = record(probing, { began: 30_000, failed: true }, 31_000);
    assert.equal(waitOf(open, 31_000), 30_000);
  });

  it('lets another try through when the first never ends', () => {
    const probing = admit(after(times(20, true)), 30_000);
    assert.equal(waitOf(probing, 60_000), 0);
  });

  it('does not listen to tries from before the pause', () => {
    const open = after(times(20, true));
    assert.deepEqual(record(open, { began: 0, failed: false }, 10_000), open);
    const probing = admit(open, 30_000);
    assert.deepEqual(record(probing, { began: 0, failed: false }, 30_001), probing);
    assert.deepEqual(record(probing, { began: 0, failed: true }, 30_001), probing);
  });

  it('keeps its laws whatever happens', () => {
    const step = fc.record({ pass: fc.nat(40_000), failed: fc.boolean(), took: fc.nat(50_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let breaker: Breaker = closedBreaker;
        let now = 0;
        let failures = 0;
        for (const { pass, failed, took } of steps) {
          now += pass;
          const wait = waitOf(breaker, now);
          assert.ok(wait >= 0 && wait <= 30_000, 'a pause is 30 s at most');
          if (wait > 0) continue;
          breaker = admit(breaker, now);
          const began = now;
          now += took;
          if (failed) failures += 1;
          breaker = record(breaker, { began, failed }, now);
          if (!failed && failures === 0) assert.equal(breaker.state, 'closed');
          if (breaker.state === 'closed') assert.ok(breaker.slices.length <= 30);
        }
      }),
    );
  });
});
