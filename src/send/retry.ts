import { retryAfter } from '../forward/schedule.ts';
import type { ApiAnswer } from '../provider/sender.ts';

/** Seconds from a try to the next one: a send has one try more than there are waits. */
export const defaultWaits: readonly number[] = [1, 4, 15, 60];

const longestWait = 60_000;

/** Milliseconds that the provider asks for; 0 when it asks for none. */
export function askedWait(answer: ApiAnswer | undefined, now: number): number {
  return Math.min(retryAfter(answer?.headers['retry-after'], now), longestWait);
}

/** Milliseconds until the next try; undefined after the last one. `tries` is how many were made. */
export function nextWait(
  tries: number,
  asked: number,
  waits: readonly number[] = defaultWaits,
): number | undefined {
  const wait = waits[tries - 1];
  return wait === undefined ? undefined : Math.max(wait * 1000, asked);
}
