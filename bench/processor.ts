/** Processor time per event: whatsapp-in to url-forward in Node-RED, beside the bare server. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { appSecret } from '../test/fixtures/meta.ts';
import { path, startForwarding } from './flow.ts';
import type { Loaded } from './load.ts';
import { median, startPeer, usageOf, word } from './peer.ts';
import { atMost, type Figure, plain, print } from './table.ts';

/**
 * Both are given the same load. A server that is driven to its limit does more in each turn of its
 * event loop: what an event costs it at ten thousand a second says nothing of two thousand.
 */
const rate = 2000;
const count = 6000;
const rounds = 9;
/** Until both are as fast as they get: what runs for months is not measured while it starts. */
const warmUps = 3;
/** Each at its own limit, to be seen beside it. */
const limitRounds = 3;
const limitCount = 3000;
const connections = 32;

export interface Contender {
  readonly name: string;
  readonly process: ChildProcess;
  readonly url: string;
}

/** What a round has shown: milliseconds of processor time per event, and events per second. */
export interface Round {
  readonly cost: number;
  readonly rate: number;
}

export type Load = { readonly count: number; readonly rate?: number };

export async function compareProcessor(): Promise<void> {
  const sink = startPeer('sink.ts');
  const [sinkUrl = ''] = await word<string[]>(sink, 'urls');
  const load = startPeer('load.ts');
  const nodeRed = await startForwarding([sinkUrl]);
  const bare = startPeer('bare-server.ts', {
    environment: { APP_SECRET: appSecret, SINK: sinkUrl },
  });
  const port = await word<number>(bare, 'port');
  const contenders = [
    { name: 'bare node:http server', process: bare, url: `http://127.0.0.1:${port}${path}` },
    {
      name: 'whatsapp-in to url-forward',
      process: nodeRed.process,
      url: `${nodeRed.url}${path}`,
    },
  ] as const;
  const run = async (load: Load, times: number): Promise<Round[][]> => {
    const found: Round[][] = [[], []];
    for (let round = 0; round < times; round += 1) {
      for (const [at, each] of contenders.entries()) {
        found[at]?.push(await measure(each, load, peers));
      }
    }
    return found;
  };
  const peers = { sink, load };
  await run({ count: limitCount }, warmUps);
  report(
    contenders,
    await run({ count, rate }, rounds),
    await run({ count: limitCount }, limitRounds),
  );
  await nodeRed.remove();
  for (const peer of [sink, load, bare]) peer.kill();
}

export interface Peers {
  readonly sink: ChildProcess;
  readonly load: ChildProcess;
}

export async function measure(
  { name, process, url }: Contender,
  round: Load,
  { sink, load }: Peers,
): Promise<Round> {
  sink.send({ expect: round.count });
  const before = await usageOf(process);
  const reached = word(sink, 'reached');
  const loaded = word<Loaded>(load, 'loaded');
  const start = performance.now();
  load.send({ url, connections, ...round });
  const { refused } = await loaded;
  if (refused > 0) throw new Error(`${name} refused ${refused} of ${round.count} messages.`);
  await reached;
  const seconds = (performance.now() - start) / 1000;
  // What is written after the forward belongs to the event too.
  await sleep(300);
  const after = await usageOf(process);
  return { cost: (after.cpu - before.cpu) / round.count, rate: round.count / seconds };
}

function report(
  contenders: readonly Contender[],
  atRate: readonly Round[][],
  atLimit: readonly Round[][],
): void {
  const title =
    `(a) Processor time per event, durable, through RED.httpNode: medians of ${rounds} interleaved ` +
    `rounds of ${count} signed messages, ${rate} a second`;
  print(title, [
    ...contenders.map(({ name }, at) => cost(name, atRate[at] ?? [])),
    atMost('ratio', ratio(atRate), 2, '', 2),
    ...contenders.map(({ name }, at) => limit(name, atLimit[at] ?? [])),
    plain('ratio there', ratio(atLimit), '', 2),
  ]);
}

function ratio([bare = [], ours = []]: readonly Round[][]): number {
  return median(ours.map(({ cost: own }, round) => own / (bare[round]?.cost ?? Number.NaN)));
}

function cost(name: string, rounds: readonly Round[]): Figure {
  const costs = rounds.map((round) => round.cost);
  const range = `${Math.min(...costs).toFixed(3)} to ${Math.max(...costs).toFixed(3)}`;
  return { name, value: `${median(costs).toFixed(3)} ms (${range})` };
}

function limit(name: string, rounds: readonly Round[]): Figure {
  const most = Math.round(median(rounds.map((round) => round.rate))).toLocaleString('en');
  const costs = median(rounds.map((round) => round.cost)).toFixed(3);
  return { name: `${name}, at its limit`, value: `${costs} ms, ${most} events/s` };
}
