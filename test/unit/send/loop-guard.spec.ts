import assert from 'node:assert/strict';
import { createLoopGuard } from '../../../src/send/loop-guard.ts';

describe('the guard against loops', () => {
  const minute = 60_000;

  it('lets ten answers a minute go to a contact, and the next when the first is a minute ago', () => {
    const guard = createLoopGuard();
    for (let n = 0; n < 10; n++) assert.ok(guard.admit('a', `event-${n}`, n * 1000).admitted);
    assert.deepEqual(guard.admit('a', 'event-10', 10_000), { admitted: false, tell: true });
    assert.ok(guard.admit('b', 'event-10', 10_000).admitted, 'another contact is free');
    assert.ok(guard.admit('a', 'event-11', minute).admitted);
    assert.ok(!guard.admit('a', 'event-12', minute).admitted);
  });

  it('counts all answers to one event as one', () => {
    const guard = createLoopGuard();
    for (let n = 0; n < 100; n++) assert.ok(guard.admit('a', 'event', n).admitted);
    assert.ok(guard.admit('a', 'another', 100).admitted);
  });

  it('tells once a minute', () => {
    const guard = createLoopGuard();
    for (let n = 0; n < 10; n++) guard.admit('a', `event-${n}`, 0);
    const told = [1_000, 2_000, 59_000].map((at) => guard.admit('a', `more-${at}`, at).tell);
    assert.deepEqual(told, [true, false, false]);
    for (let n = 0; n < 10; n++) guard.admit('a', `later-${n}`, 2 * minute);
    assert.ok(guard.admit('a', 'again', 2 * minute).tell);
  });

  it('sees a loop that a limit of the provider slows down to ten a minute', () => {
    const guard = createLoopGuard();
    const times = Array.from({ length: 100 }, (_, n) => n * 6_001);
    const admitted = times.filter((at) => guard.admit('a', `event-${at}`, at).admitted);
    assert.equal(admitted.length, 60);
  });
});
