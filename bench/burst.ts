/** The most that Meta sends for one number: is all of it taken, within bounds? */
import { stream } from './stream.ts';
import { atMost, plain, print } from './table.ts';

const rate = 3300;
const seconds = 10;
const mebibyte = 1024 * 1024;

export async function burst(): Promise<void> {
  const { loaded, usage, growth, kept, drain } = await stream({ rate, seconds, patience: 120 });
  print(`(c) A burst of ${rate} webhooks/s for ${seconds} s; times from when each was due`, [
    atMost('refused', loaded.refused, 0, '', 0),
    atMost('memory grew', growth / mebibyte, 100, 'MB'),
    plain('of this still in use', kept / mebibyte, 'MB'),
    plain('answer, median', loaded.p50, 'ms'),
    plain('answer, 99 %', loaded.p99, 'ms'),
    plain('all answered after', loaded.seconds, 's'),
    plain('all forwarded after another', drain, 's'),
    plain('event loop late, 99 %', usage.delay, 'ms'),
  ]);
}
