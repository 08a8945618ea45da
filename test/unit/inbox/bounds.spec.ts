import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  defaultBounds,
  describeCrossing,
  diskIsFull,
  type Level,
  nextLevel,
  shareOfOne,
  usage,
} from '../../../src/inbox/bounds.ts';

const mib = 1024 ** 2;

describe('the bounds of the inbox', () => {
  it('are 100,000 events or 1 GiB, half of either for one account', () => {
    assert.equal(usage({ events: 100_000, bytes: 0 }, defaultBounds), 1);
    assert.equal(usage({ events: 1, bytes: 1024 * mib }, defaultBounds), 1);
    assert.equal(usage({ events: 50_000, bytes: 0 }, shareOfOne(defaultBounds)), 1);
    assert.equal(usage({ events: 0, bytes: 512 * mib }, shareOfOne(defaultBounds)), 1);
  });

  it('warn from 80 percent on and are reached at 100', () => {
    assert.equal(nextLevel('normal', 0.799), 'normal');
    assert.equal(nextLevel('normal', 0.8), 'nearly full');
    assert.equal(nextLevel('nearly full', 0.999), 'nearly full');
    assert.equal(nextLevel('nearly full', 1), 'full');
  });

  it('are told once, however often an amount goes to and fro across a line', () => {
    const around = fc.array(fc.double({ min: 0.76, max: 0.84, noNaN: true }), { maxLength: 50 });
    fc.assert(
      fc.property(around, (amounts) => {
        let level: Level = 'normal';
        let told = 0;
        for (const used of amounts) {
          const next = nextLevel(level, used);
          if (next !== level) told += 1;
          level = next;
        }
        assert.ok(told <= 1);
      }),
    );
  });

  it('are normal again when there is real room', () => {
    assert.equal(nextLevel('full', 0.94), 'nearly full');
    assert.equal(nextLevel('full', 0.5), 'normal');
    assert.equal(nextLevel('nearly full', 0.74), 'normal');
  });

  it('count a disk as full under 5 percent or under 256 MiB', () => {
    const full = (free: number, size: number) =>
      diskIsFull({ free: free * mib, size: size * mib }, defaultBounds);
    assert.equal(full(300, 1_000), false);
    assert.equal(full(255, 1_000), true);
    assert.equal(full(4_999, 100_000), true);
    assert.equal(full(5_000, 100_000), false);
  });

  it('are told in words that an operator understands', () => {
    assert.equal(
      describeCrossing({ of: 'inbox', level: 'nearly full', used: 0.8123 }),
      'The inbox is nearly full (81 %).',
    );
    assert.equal(
      describeCrossing({ of: 'account', account: 'a1', level: 'full', used: 1 }),
      "The account's share of the inbox (account a1) is full (100 %).",
    );
    assert.equal(
      describeCrossing({ of: 'disk', level: 'normal', used: 0 }),
      'The disk has room again.',
    );
  });
});
