/** A thousand agents at one desktop: their memory, popups for one of them, a popup for all of them. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeRed } from '../test/support/node-red-process.ts';
import { createIssuer, type Issuer } from '../test/support/tokens.ts';
import type { Order, Shown, Whom } from './agents.ts';
import { agentNames, type Order as PopupOrder, orderPath, startDesktop } from './desktop-flow.ts';
import { path } from './flow.ts';
import type { Loaded } from './load.ts';
import { people } from './message.ts';
import { median, startPeer, usageOf, word } from './peer.ts';
import { atMost, plain, print } from './table.ts';

const count = 1000;
const rate = 200;
const seconds = 20;
const rounds = 15;
/** The first rounds pay for what is compiled then. */
const warmUps = 3;
/** Who come and go before memory is read, so that what comes with the first agents is there. */
const forerunners = 100;
const kibibyte = 1024;

export async function crowd(): Promise<void> {
  const issuer = createIssuer('EdDSA');
  const names = agentNames(count);
  const nodeRed = await startDesktop(issuer, names);
  await comeAndGo(nodeRed, issuer, names.slice(0, forerunners));
  const before = await settledMemory(nodeRed);
  const agents = startPeer('agents.ts');
  await connect(agents, { url: desk(nodeRed), tokens: tokensOf(issuer, names) });
  const after = await settledMemory(nodeRed);
  const { loaded, shown, cpu } = await aim(nodeRed, agents);
  const { ours, bare } = await tellEverybody(nodeRed, agents);
  agents.kill();
  await nodeRed.remove();
  print(`(i) ${count} connected agents; times from when each message was due`, [
    plain('memory of Node-RED before them', before / kibibyte ** 2, 'MB'),
    atMost('for each of them', (after - before) / kibibyte / count, 40, 'KB'),
    plain(`${rate} popups/s, each for one agent: the page arrives, median`, shown.page.p50, 'ms'),
    atMost('the page arrives, 99 %', shown.page.p99, 500, 'ms'),
    plain('it is granted and shown, median', shown.screen.p50, 'ms'),
    atMost('it is granted and shown, 99 %', shown.screen.p99, 500, 'ms'),
    plain('agents who were shown some', shown.agents, '', 0),
    atMost('came twice', shown.doubled, 0, '', 0),
    atMost('webhooks refused', loaded.refused, 0, '', 0),
    plain('processor time of one event', cpu, 'ms', 2),
    plain('one popup for all, until the last has it: bare ws server', bare.time, 'ms'),
    plain('ours', ours.time, 'ms'),
    atMost('ours / bare', ours.time / bare.time, 1.3, '', 2),
    plain('processor time: bare ws server', bare.cpu, 'ms'),
    plain('ours, with every claim', ours.cpu, 'ms'),
  ]);
}

const desk = ({ url }: NodeRed): string => `${url}/agents`;

function tokensOf(issuer: Issuer, names: readonly string[]): string[] {
  return names.map((sub) => issuer.issue({ sub }));
}

async function connect(peer: ChildProcess, whom: Whom) {
  const connected = word<number>(peer, 'connected');
  peer.send({ connect: whom } satisfies Order);
  await connected;
}

async function comeAndGo(nodeRed: NodeRed, issuer: Issuer, names: readonly string[]) {
  const peer = startPeer('agents.ts');
  await connect(peer, { url: desk(nodeRed), tokens: tokensOf(issuer, names) });
  await everybody(nodeRed.url, peer, 0);
  peer.kill();
}

async function settledMemory(nodeRed: NodeRed): Promise<number> {
  const values: number[] = [];
  for (let reading = 0; reading < 5; reading += 1) {
    await sleep(600);
    values.push((await usageOf(nodeRed.process, 'collect')).rss);
  }
  return median(values);
}

/** First everybody who writes gets an agent; then each message is a popup for that agent. */
async function aim(nodeRed: NodeRed, agents: ChildProcess) {
  const load = startPeer('load.ts');
  const url = nodeRed.url + path;
  const accepted = word<true>(agents, 'accepted');
  agents.send({ accept: people } satisfies Order);
  await send(load, { url, count: people, rate: 100 });
  await accepted;
  const { cpu } = await usageOf(nodeRed.process);
  const shown = word<Shown>(agents, 'shown');
  const begun = word<{ startAt: number; interval: number }>(load, 'begins');
  const loading = send(load, { url, count: rate * seconds, rate });
  agents.send({ show: { expect: rate * seconds, ...(await begun) } } satisfies Order);
  const all = { loaded: await loading, shown: await shown };
  const used = (await usageOf(nodeRed.process)).cpu - cpu;
  load.kill();
  return { ...all, cpu: used / (rate * seconds) };
}

async function send(load: ChildProcess, round: { url: string; count: number; rate: number }) {
  const loaded = word<Loaded>(load, 'loaded');
  load.send({ connections: 64, ...round });
  return loaded;
}

/** In turns, so that both see the same neighbours. */
async function tellEverybody(nodeRed: NodeRed, agents: ChildProcess) {
  const server = startPeer('bare-desk.ts');
  const url = `http://127.0.0.1:${await word<number>(server, 'port')}`;
  const clients = startPeer('agents.ts');
  await connect(clients, { url, bare: count });
  const ours = { times: [] as number[], cpu: [] as number[] };
  const bare = { times: [] as number[], cpu: [] as number[] };
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [kept, process, address, peer] of [
      [bare, server, url, clients],
      [ours, nodeRed.process, nodeRed.url, agents],
    ] as const) {
      const { cpu } = await usageOf(process);
      const time = await everybody(address, peer, round);
      if (round < 0) continue;
      kept.times.push(time);
      kept.cpu.push((await usageOf(process)).cpu - cpu);
    }
  }
  clients.kill();
  server.kill();
  const medians = ({ times, cpu }: typeof ours) => ({ time: median(times), cpu: median(cpu) });
  return { ours: medians(ours), bare: medians(bare) };
}

/** Milliseconds from the order to the arrival of its page at the last agent. */
async function everybody(url: string, peer: ChildProcess, round: number): Promise<number> {
  const settled = word<number>(peer, 'settled');
  peer.send({ everybody: true } satisfies Order);
  const order: PopupOrder = { title: `Popup ${round}`, name: 'Giulia Müller' };
  const start = performance.timeOrigin + performance.now();
  const { status } = await fetch(url + orderPath, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  if (status !== 202) throw new Error(`It was answered with ${status}.`);
  return (await settled) - start;
}
