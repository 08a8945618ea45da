/** Posts signed messages, each with an id of its own, and measures when they are answered. */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { headers } from '../test/fixtures/meta.ts';
import { numberOf } from './flow.ts';
import { numbered } from './message.ts';
import { quantile } from './peer.ts';

export interface Round {
  readonly url: string;
  readonly count: number;
  readonly connections: number;
  /** The messages are spread over so many of our numbers. */
  readonly numbers?: number;
  /** Messages a second, sent when they are due whatever came of the others; else one after the other. */
  readonly rate?: number;
}

export interface Loaded {
  readonly seconds: number;
  readonly refused: number;
  /** Milliseconds from when a message was due to its answer. */
  readonly p50: number;
  readonly p99: number;
}

/** The first message of an open round is due so long after the round was announced. */
const lead = 500;
const patience = 30_000;
/** A connection is left before the server, which gives an idle one five seconds, closes it. */
const idle = 3000;

process.on('message', (round: Round) => {
  const { count, numbers = 1 } = round;
  const requests = Array.from({ length: count }, (_, index) => signed(index, numbers));
  const agent = new Agent({ keepAlive: true, maxSockets: round.connections, timeout: idle });
  const send = (sent: Signed): Promise<number> => post(agent, round.url, sent);
  const done = round.rate ? open(requests, round.rate, send) : closed(requests, round, send);
  done.then(
    (loaded) => {
      agent.destroy();
      process.send?.({ loaded });
    },
    (error: unknown) => {
      throw error;
    },
  );
});

interface Signed {
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

type Send = (sent: Signed) => Promise<number>;

async function closed(requests: Signed[], { connections }: Round, send: Send): Promise<Loaded> {
  const start = performance.now();
  let next = 0;
  let refused = 0;
  const worker = async (): Promise<void> => {
    for (let mine = next++; mine < requests.length; mine = next++) {
      if ((await send(requests[mine]!)) !== 200) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return { seconds: (performance.now() - start) / 1000, refused, p50: 0, p99: 0 };
}

async function open(requests: Signed[], rate: number, send: Send): Promise<Loaded> {
  const interval = 1000 / rate;
  const startAt = Date.now() + lead;
  process.send?.({ begins: { startAt, interval } });
  const waits: number[] = [];
  const pending: Promise<void>[] = [];
  let refused = 0;
  const one = async (sent: Signed, due: number): Promise<void> => {
    if ((await send(sent)) === 200) waits.push(Date.now() - due);
    else refused += 1;
  };
  for (let next = 0; next < requests.length;) {
    const due = startAt + next * interval;
    if (due <= Date.now()) pending.push(one(requests[next++]!, due));
    else await sleep(1);
  }
  await Promise.all(pending);
  const seconds = (Date.now() - startAt) / 1000;
  return { seconds, refused, p50: quantile(waits, 0.5), p99: quantile(waits, 0.99) };
}

function signed(index: number, numbers: number): Signed {
  const body = numbered(index, numberOf(index % numbers));
  return { body, headers: { ...headers(body), 'content-length': String(body.length) } };
}

/** The status of the answer; 0 for none. */
function post(agent: Agent, url: string, sent: Signed): Promise<number> {
  return new Promise((resolve) => {
    const options = { method: 'POST', agent, headers: sent.headers, timeout: patience };
    const outgoing = request(url, options, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    outgoing.once('timeout', () => outgoing.destroy());
    outgoing.once('error', () => resolve(0));
    outgoing.end(sent.body);
  });
}

process.once('disconnect', () => process.exit());
