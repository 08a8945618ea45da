/** Twenty targets, of which one hangs: what do the other nineteen notice, beside a flow with none? */
import type { ChildProcess } from 'node:child_process';
import type { NodeRed } from '../test/support/node-red-process.ts';
import { path, startForwarding } from './flow.ts';
import type { Loaded } from './load.ts';
import { median, startPeer, word } from './peer.ts';
import type { Report } from './sink.ts';
import { atMost, plain, print } from './table.ts';

const targets = 20;
const rate = 150;
const warmUpSeconds = 10;
const seconds = 60;
const connections = 64;
/** For what is still on its way when the last webhook has been answered. */
const patience = 20_000;

interface Setting {
  readonly sink: ChildProcess;
  readonly load: ChildProcess;
  readonly nodeRed: NodeRed;
}

type Sent = Report & { readonly expected: number };

export async function killOne(): Promise<void> {
  const [alive, wounded] = [await open(), await open()];
  await Promise.all([send(alive, warmUpSeconds), send(wounded, warmUpSeconds)]);
  const [all, rest] = await Promise.all([send(alive, seconds), send(wounded, seconds, 0)]);
  report(all, rest);
  for (const { sink, load, nodeRed } of [alive, wounded]) {
    await nodeRed.remove();
    for (const peer of [sink, load]) peer.kill();
  }
}

/** Compared ten seconds by ten seconds, so that what disturbs the machine disturbs both sides. */
function slowdown(all: Sent, rest: Sent): number {
  const ratios = all.windows.map((p99, at) => (rest.windows[at] ?? Number.NaN) / p99);
  return (median(ratios) - 1) * 100;
}

function report(all: Sent, rest: Sent): void {
  const title =
    `(e) One dead target of ${targets}, beside a flow with none; ${rate} events/s each for ` +
    `${seconds} s; times from when each was due to its target`;
  print(title, [
    plain('all alive, median', all.p50, 'ms'),
    plain('all alive, 99 %', all.p99, 'ms'),
    plain('the other 19, median', rest.p50, 'ms'),
    plain('the other 19, 99 %', rest.p99, 'ms'),
    atMost('slower at 99 %, median of every 10 s', slowdown(all, rest), 20, '%'),
    atMost('of the other 19, not forwarded', rest.expected - rest.received, 0, '', 0),
  ]);
}

async function open(): Promise<Setting> {
  const sink = startPeer('sink.ts', { args: [String(targets)] });
  const load = startPeer('load.ts');
  return { sink, load, nodeRed: await startForwarding(await word<string[]>(sink, 'urls')) };
}

async function send(
  { sink, load, nodeRed }: Setting,
  seconds: number,
  dead?: number,
): Promise<Sent> {
  const count = rate * seconds;
  const expected = dead === undefined ? count : count - count / targets;
  const begins = word<object>(load, 'begins');
  const loaded = word<Loaded>(load, 'loaded');
  load.send({ url: `${nodeRed.url}${path}`, count, connections, rate, numbers: targets });
  sink.send({ expect: expected, dead, ...(await begins) });
  const said = Promise.race([word<Report>(sink, 'reached'), word<Report>(sink, 'report')]);
  const { refused } = await loaded;
  if (refused > 0) throw new Error(`${refused} messages were refused.`);
  const late = setTimeout(() => sink.send('report'), patience);
  const sunk = await said;
  clearTimeout(late);
  return { ...sunk, expected };
}
