/** Processor time per event: whatsapp-in to url-forward in Node-RED, beside the bare server. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { appSecret, businessNumber, phoneNumberId, verifyToken } from '../test/fixtures/meta.ts';
import { type FlowItem, startNodeRed } from '../test/support/node-red-process.ts';
import { median, startPeer, usageOf, word } from './peer.ts';

const rounds = 7;
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
  const sinkUrl = `http://127.0.0.1:${await word<number>(sink, 'port')}/events`;
  const load = startPeer('load.ts');
  const nodeRed = await startNodeRed({
    flows: flow(sinkUrl),
    credentials: { 'bench-number': { appSecret, verifyToken } },
    preload: join(import.meta.dirname, 'usage.ts'),
  });
  const bare = await bareServer(sinkUrl);
  const contenders: Contender[] = [
    bare,
    contender('whatsapp-in to url-forward', nodeRed.process, `${nodeRed.url}/whatsapp/bench`),
  ];
  for (let round = 0; round <= rounds; round += 1) {
    for (const each of contenders) await measure(each, sink, load, round === 0);
  }
  print(contenders);
  await nodeRed.remove();
  for (const peer of [sink, load, bare.process]) peer.kill();
}

function contender(name: string, process: ChildProcess, url: string): Contender {
  return { name, process, url, costs: [], rates: [] };
}

async function bareServer(sinkUrl: string): Promise<Contender> {
  const server = fork(join(import.meta.dirname, 'bare-server.ts'), {
    execArgv: ['--expose-gc'],
    env: { ...process.env, APP_SECRET: appSecret, SINK: sinkUrl },
  });
  const port = await word<number>(server, 'port');
  return contender('bare node:http server', server, `http://127.0.0.1:${port}/whatsapp/bench`);
}

async function measure(
  contender: Contender,
  sink: ChildProcess,
  load: ChildProcess,
  warmUp: boolean,
): Promise<void> {
  sink.send({ expect: count });
  const before = await usageOf(contender.process);
  const reached = word(sink, 'reached');
  const loaded = word<{ seconds: number; refused: number }>(load, 'loaded');
  const start = performance.now();
  load.send({ url: contender.url, count, connections });
  const { refused } = await loaded;
  if (refused > 0) throw new Error(`${contender.name} refused ${refused} of ${count} messages.`);
  await reached;
  const seconds = (performance.now() - start) / 1000;
  // What is written after the forward belongs to the event too.
  await sleep(300);
  const after = await usageOf(contender.process);
  if (warmUp) return;
  contender.costs.push((after.cpu - before.cpu) / count);
  contender.rates.push(count / seconds);
}

function print(contenders: readonly Contender[]): void {
  console.log(
    `Processor time per event: medians of ${rounds} interleaved rounds of ${count} signed messages ` +
      `over ${connections} connections`,
  );
  for (const { name, costs, rates } of contenders) {
    const range = `${Math.min(...costs).toFixed(3)} to ${Math.max(...costs).toFixed(3)}`;
    const rate = Math.round(median(rates)).toLocaleString('en');
    console.log(`  ${name.padEnd(28)} ${median(costs).toFixed(3)} ms (${range}), ${rate} events/s`);
  }
  const [bare, ours] = contenders;
  if (!bare || !ours) return;
  const ratio = median(ours.costs) / median(bare.costs);
  console.log(`  ratio ${ratio.toFixed(2)} (at most 3)\n`);
}

function flow(sinkUrl: string): FlowItem[] {
  return [
    { id: 'tab', type: 'tab', label: 'Bench' },
    {
      id: 'bench-number',
      type: 'whatsapp-account',
      provider: 'meta',
      accountId: phoneNumberId,
      number: businessNumber,
      path: 'bench',
    },
    {
      id: 'in',
      type: 'whatsapp-in',
      z: 'tab',
      account: 'bench-number',
      x: 100,
      y: 100,
      wires: [['forward']],
    },
    {
      id: 'forward',
      type: 'url-forward',
      z: 'tab',
      x: 300,
      y: 100,
      method: 'POST',
      url: sinkUrl,
      bodyFormat: 'json',
      allow: [new URL(sinkUrl).host],
      wires: [[]],
    },
  ];
}
