/** A stream of webhooks at a fixed rate through Node-RED to the sink, and what it does to the process. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { path, startForwarding } from './flow.ts';
import type { Loaded } from './load.ts';
import { startPeer, usageOf, word } from './peer.ts';
import type { Report } from './sink.ts';
import type { Usage } from './usage.ts';

export interface Stream {
  readonly rate: number;
  readonly seconds: number;
  /** How many events may still be on their way when the last webhook is answered, in seconds. */
  readonly patience: number;
  /** What the process has had before, in another rate than the usual one. */
  readonly warmUp?: { readonly rate: number; readonly count: number };
}

export interface Streamed {
  readonly loaded: Loaded;
  readonly sunk: Report;
  readonly usage: Usage;
  /** Bytes of resident memory after the warm-up. */
  readonly resident: number;
  /** Bytes that it grew at its highest. */
  readonly growth: number;
  /** Bytes more of JavaScript's heap in use than before, after a collection of garbage. */
  readonly kept: number;
  /** Seconds from the last answer to the last forward. */
  readonly drain: number;
}

const connections = 256;
const usual = { rate: 500, count: 3000 };

export async function stream(wanted: Stream): Promise<Streamed> {
  const { rate, seconds, patience, warmUp = usual } = wanted;
  const sink = startPeer('sink.ts');
  const load = startPeer('load.ts');
  const nodeRed = await startForwarding(await word<string[]>(sink, 'urls'));
  const url = `${nodeRed.url}${path}`;
  await send(load, sink, url, warmUp.rate, warmUp.count, patience);
  await sleep(500);
  const { heap } = await usageOf(nodeRed.process, 'collect');
  const { rss } = await usageOf(nodeRed.process, 'watch');
  const { loaded, sunk, drain } = await send(load, sink, url, rate, rate * seconds, patience);
  const usage = await usageOf(nodeRed.process);
  const kept = (await usageOf(nodeRed.process, 'collect')).heap - heap;
  await nodeRed.remove();
  for (const peer of [sink, load]) peer.kill();
  return { loaded, sunk, usage, drain, resident: rss, growth: usage.peak - rss, kept };
}

async function send(
  load: ChildProcess,
  sink: ChildProcess,
  url: string,
  rate: number,
  count: number,
  patience: number,
) {
  const begins = word<object>(load, 'begins');
  const answered = word<Loaded>(load, 'loaded');
  const reached = word<Report>(sink, 'reached');
  load.send({ url, count, connections, rate });
  sink.send({ expect: count, ...(await begins) });
  const loaded = await answered;
  const start = performance.now();
  const timeOut = AbortSignal.timeout(patience * 1000);
  const sunk = await Promise.race([reached, never(timeOut)]);
  return { loaded, sunk, drain: (performance.now() - start) / 1000 };
}

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('Events are missing at the sink.')));
  });
}
