/** Takes what the measured servers forward, over kept connections, and says when all has come. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { indexOf, people } from './message.ts';
import { quantile } from './peer.ts';

export interface Task {
  /** How many events are to come; then `reached` is said. */
  readonly expect: number;
  /** When the first message was due, and the milliseconds between two of them. */
  readonly startAt?: number;
  readonly interval?: number;
  /** The target of this place takes everything and answers nothing. */
  readonly dead?: number;
}

export interface Report {
  readonly received: number;
  /** Milliseconds from when a message was due to its arrival here. */
  readonly p50: number;
  readonly p99: number;
  /** p99 of each ten seconds in which messages were due. */
  readonly windows: readonly number[];
  /** Events that did not come right after the one before of the same contact. */
  readonly disorder: number;
}

const windowMs = 10_000;
const targets = Number(process.argv[2] ?? 1);
let task: Task = { expect: Number.POSITIVE_INFINITY };
let received = 0;
let disorder = 0;
let waits: number[] = [];
let windows = new Map<number, number[]>();
let last = new Map<number, number>();

async function take(target: number, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { text } = (await json(req)) as { readonly text: string };
  if (task.dead === target) return;
  res.writeHead(200, { 'content-length': 2, 'content-type': 'application/json' }).end('{}');
  note(indexOf(text));
  received += 1;
  if (received === task.expect) report('reached');
}

function note(index: number): void {
  const { startAt, interval = 0 } = task;
  if (startAt !== undefined) noteWait(index * interval, Date.now() - startAt - index * interval);
  const contact = index % people;
  if (index !== (last.get(contact) ?? contact - people) + people) disorder += 1;
  last.set(contact, index);
}

function noteWait(due: number, wait: number): void {
  waits.push(wait);
  const window = Math.floor(due / windowMs);
  const known = windows.get(window);
  if (known) known.push(wait);
  else windows.set(window, [wait]);
}

function report(word: 'reached' | 'report'): void {
  const said: Report = {
    received,
    disorder,
    p50: quantile(waits, 0.5),
    p99: quantile(waits, 0.99),
    windows: Array.from({ length: windows.size }, (_, at) => quantile(windows.get(at) ?? [], 0.99)),
  };
  process.send?.({ [word]: said });
}

process.on('message', (word: Task | 'report') => {
  if (word === 'report') return report('report');
  task = word;
  [received, disorder, waits, last, windows] = [0, 0, [], new Map(), new Map()];
});

async function listen(target: number): Promise<string> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
    take(target, req, res).catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
}

const listening = Array.from({ length: targets }, (_, target) => listen(target));
process.send?.({ urls: await Promise.all(listening) });

process.once('disconnect', () => process.exit());
