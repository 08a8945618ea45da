import assert from 'node:assert/strict';
import { createLoginLimiter } from '../../../src/desktop/server/login-limiter.ts';

const minute = 60_000;

describe('login limiter', () => {
  it('lets five tries pass, then makes each wait twice as long as the one before', () => {
    const limiter = createLoginLimiter();
    let now = 0;
    const waits = Array.from({ length: 12 }, (_, count) => {
      const wait = limiter.attempt('anna', `10.0.0.${count}`, now);
      now += wait * 1000;
      if (wait > 0) assert.equal(limiter.attempt('anna', `10.0.1.${count}`, now), 0);
      return wait;
    });
    assert.deepEqual(waits, [0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 300]);
  });

  it('counts tries that are under way, so that many at once are no way around', () => {
    const limiter = createLoginLimiter();
    const waits = Array.from({ length: 100 }, () => limiter.attempt('anna', '10.0.0.1', 0));
    assert.equal(waits.filter((wait) => wait === 0).length, 5);
  });

  it('forgets the tries of an agent who knew the password in the end', () => {
    const limiter = createLoginLimiter();
    for (let round = 0; round < 20; round += 1) {
      for (let count = 0; count < 4; count += 1) limiter.attempt('anna', `10.0.${round}.1`, 0);
      limiter.succeeded('anna', `10.0.${round}.1`);
    }
    assert.equal(limiter.attempt('anna', '10.9.0.1', 0), 0);
  });

  it('does not let a stranger shut an agent out of the usual place', () => {
    const limiter = createLoginLimiter();
    limiter.attempt('anna', '192.0.2.7', 0);
    limiter.succeeded('anna', '192.0.2.7');
    for (let count = 0; count < 50; count += 1) limiter.attempt('anna', `10.0.0.${count}`, 0);
    assert.equal(limiter.attempt('anna', '10.0.1.1', 0), 5, 'strangers wait');
    assert.equal(limiter.attempt('anna', '192.0.2.7', 0), 0);
    limiter.succeeded('anna', '192.0.2.7');
    assert.equal(limiter.attempt('anna', '10.0.1.1', 0), 5, 'and go on waiting');
    const waits = Array.from({ length: 6 }, () => limiter.attempt('anna', '192.0.2.7', 0));
    assert.deepEqual(waits, [0, 0, 0, 0, 0, 5], 'a guesser at the usual place waits as well');
    assert.equal(limiter.attempt('bruno', '192.0.2.7', 0), 0);
  });

  it('slows down an address that tries many names, and no other', () => {
    const limiter = createLoginLimiter();
    for (let count = 0; count < 25; count += 1) limiter.attempt(`user-${count}`, '10.0.0.1', 0);
    assert.equal(limiter.attempt('anna', '10.0.0.1', 0), 5);
    assert.equal(limiter.attempt('anna', '::ffff:10.0.0.1', 0), 5);
    assert.equal(limiter.attempt('anna', '10.0.0.2', 0), 0);
  });

  it('does not let one right password pay for all the wrong ones of an address', () => {
    const limiter = createLoginLimiter();
    for (let count = 0; count < 24; count += 1) limiter.attempt(`user-${count}`, '10.0.0.1', 0);
    limiter.attempt('anna', '10.0.0.1', 0);
    limiter.succeeded('anna', '10.0.0.1');
    assert.equal(limiter.attempt('user-x', '10.0.0.1', 0), 0);
    assert.equal(limiter.attempt('user-y', '10.0.0.1', 0), 5);
  });

  it('takes the addresses of one IPv6 network for one', () => {
    const limiter = createLoginLimiter();
    for (let count = 0; count < 25; count += 1) {
      limiter.attempt(`user-${count}`, `2001:db8::${count.toString(16)}`, 0);
    }
    assert.equal(limiter.attempt('anna', '2001:db8:0:0:ffff::1', 0), 5);
    assert.equal(limiter.attempt('anna', '2001:db8:0:1::1', 0), 0);
  });

  it('forgets what is an hour old', () => {
    const limiter = createLoginLimiter();
    for (let count = 0; count < 5; count += 1) limiter.attempt('anna', '10.0.0.1', 0);
    assert.equal(limiter.attempt('anna', '10.0.0.1', 0), 5);
    for (let count = 0; count < 5; count += 1) {
      assert.equal(limiter.attempt('anna', '10.0.0.1', 61 * minute), 0);
    }
  });

  it('remembers no more than ten thousand names, the latest', () => {
    const limiter = createLoginLimiter();
    for (let count = 0; count < 5; count += 1) limiter.attempt('first', '10.0.0.1', 0);
    for (let count = 0; count < 10_000; count += 1) {
      limiter.attempt(`user-${count}`, `10.${count >> 8}.${count & 255}.1`, 0);
    }
    assert.equal(limiter.attempt('first', '172.16.0.1', 0), 0);
  });
});
