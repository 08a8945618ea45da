import type { Rate } from '../provider/sender.ts';

/** Keeps what is sent within a provider's limits: token buckets, one per account and one per contact. */
export interface Rates {
  /** Takes a place in the bucket of that name; answers how many milliseconds from now it is. */
  reserve(bucket: string, rate: Rate): number;
  /** Nothing of the bucket goes for so many milliseconds. */
  hold(bucket: string, rate: Rate, ms: number): void;
}

/** So many buckets are looked through for those that are full again; then when there are twice as many. */
const leastSwept = 5_000;

/**
 * A bucket is one number: when it would be full, had nothing more been taken from it. `now` is a clock
 * in milliseconds that is never set back.
 */
export function createRates(now: () => number = () => performance.now()): Rates {
  const fullAt = new Map<string, number>();
  let sweepAt = leastSwept;

  function sweep(time: number): void {
    if (fullAt.size < sweepAt) return;
    for (const [bucket, full] of fullAt) if (full <= time) fullAt.delete(bucket);
    sweepAt = Math.max(leastSwept, 2 * fullAt.size);
  }

  return {
    reserve(bucket, rate) {
      const time = now();
      sweep(time);
      const { interval, slack } = measure(rate);
      const full = Math.max(time, fullAt.get(bucket) ?? 0);
      fullAt.set(bucket, full + interval);
      return Math.max(0, full - slack - time);
    },
    hold(bucket, rate, ms) {
      const { slack } = measure(rate);
      fullAt.set(bucket, Math.max(fullAt.get(bucket) ?? 0, now() + ms + slack));
    },
  };
}

/** Milliseconds from one to the next, and how far ahead of that the burst may go. */
function measure({ perSecond, burst }: Rate): { interval: number; slack: number } {
  const interval = 1000 / perSecond;
  return { interval, slack: (Math.max(1, burst) - 1) * interval };
}
