/** The most that Meta sends for one number: is all of it taken, within bounds? */
import { stream } from './stream.ts';
import { atMost, plain, print } from './table.ts';

const rate = 3300;
const seconds = 10;
/**
 * V8 doubles the space for young objects the first time that a process is busy, which is 64 MB once and
 * for all; what a burst piles up is what comes on top.
 */
const warmUp = { rate: 2000, count: 20_000 };
const mebibyte = 1024 * 1024;

export async function burst(): Promise<void> {
  const burst = { rate, seconds, patience: 120, warmUp };
  const { loaded, usage, resident, growth, kept, drain } = await stream(burst);
  print(`(c) A burst of ${rate} webhooks/s for ${seconds} s; times from when each was due`, [
    atMost('refused', loaded.refused, 0, '', 0),
    plain('resident memory before', resident / mebibyte, 'MB'),
    atMost('it grew', growth / mebibyte, 100, 'MB'),
    plain('of this still in use', kept / mebibyte, 'MB'),
    plain('answer, median', loaded.p50, 'ms'),
    plain('answer, 99 %', loaded.p99, 'ms'),
    plain('all answered after', loaded.seconds, 's'),
    plain('all forwarded after another', drain, 's'),
    plain('event loop late, 99 %', usage.delay, 'ms'),
  ]);
}
