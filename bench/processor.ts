/** Processor time per event: whatsapp-in to url-forward in Node-RED, beside the bare server. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { appSecret } from '../test/fixtures/meta.ts';
import { path, startForwarding } from './flow.ts';
import type { Loaded } from './load.ts';
import { median, startPeer, usageOf, word } from './peer.ts';
import { atMost, type Figure, print } from './table.ts';

const rounds = 9;
/** Until both are as fast as they get: what runs for months is not measured while it starts. */
const warmUps = 3;
const count = 3000;
const connections = 32;

interface Contender {
  readonly name: string;
  readonly process: ChildProcess;
  readonly url: string;
  /** Milliseconds of processor time per event, one figure a round. */
  readonly costs: number[];
  readonly rates: number[];
}

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
    contender('bare node:http server', bare, `http://127.0.0.1:${port}${path}`),
    contender('whatsapp-in to url-forward', nodeRed.process, `${nodeRed.url}${path}`),
  ] as const;
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const each of contenders) await measure(each, sink, load, round < 0);
  }
  report(...contenders);
  await nodeRed.remove();
  for (const peer of [sink, load, bare]) peer.kill();
}

function contender(name: string, process: ChildProcess, url: string): Contender {
  return { name, process, url, costs: [], rates: [] };
}

async function measure(
  { name, process, url, costs, rates }: Contender,
  sink: ChildProcess,
  load: ChildProcess,
  warmUp: boolean,
): Promise<void> {
  sink.send({ expect: count });
  const before = await usageOf(process);
  const reached = word(sink, 'reached');
  const loaded = word<Loaded>(load, 'loaded');
  const start = performance.now();
  load.send({ url, count, connections });
  const { refused } = await loaded;
  if (refused > 0) throw new Error(`${name} refused ${refused} of ${count} messages.`);
  await reached;
  const seconds = (performance.now() - start) / 1000;
  // What is written after the forward belongs to the event too.
  await sleep(300);
  const after = await usageOf(process);
  if (warmUp) return;
  costs.push((after.cpu - before.cpu) / count);
  rates.push(count / seconds);
}

function report(bare: Contender, ours: Contender): void {
  const title =
    `(a) Processor time per event, durable, through RED.httpNode: medians of ${rounds} interleaved ` +
    `rounds of ${count} signed messages over ${connections} connections`;
  const ratio = median(ours.costs.map((cost, round) => cost / (bare.costs[round] ?? Number.NaN)));
  print(title, [cost(bare), cost(ours), atMost('ratio', ratio, 2, '', 2)]);
}

function cost({ name, costs, rates }: Contender): Figure {
  const range = `${Math.min(...costs).toFixed(3)} to ${Math.max(...costs).toFixed(3)}`;
  const rate = Math.round(median(rates)).toLocaleString('en');
  return { name, value: `${median(costs).toFixed(3)} ms (${range}), ${rate} events/s` };
}
