/** A steady stream: does the webhook stay quick while the flow forwards? */
import { stream } from './stream.ts';
import { atMost, plain, print } from './table.ts';

const rate = 500;
const seconds = 60;
const mebibyte = 1024 * 1024;

export async function sustain(): Promise<void> {
  const { loaded, sunk, usage, growth, kept } = await stream({ rate, seconds, patience: 60 });
  print(`(b) ${rate} webhooks/s for ${seconds} s, each forwarded; times from when each was due`, [
    plain('answer, median', loaded.p50, 'ms'),
    atMost('answer, 99 %', loaded.p99, 250, 'ms'),
    plain('forward reaches its target, median', sunk.p50, 'ms'),
    plain('forward reaches its target, 99 %', sunk.p99, 'ms'),
    plain('event loop late, 99 %', usage.delay, 'ms'),
    plain('memory grew', growth / mebibyte, 'MB'),
    plain('of this still in use', kept / mebibyte, 'MB'),
    atMost('refused', loaded.refused, 0, '', 0),
    atMost('out of order', sunk.disorder, 0, '', 0),
  ]);
}
