/** Webhooks in, one request out for each event, and a target that can be slow. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import {
  appSecret,
  businessNumber,
  change,
  message,
  phoneNumberId,
  text,
  verifyToken,
  wamid,
  webhook,
} from '../fixtures/meta.ts';
import type { FlowItem, NodeRed } from '../support/node-red-process.ts';
import { postWebhook } from '../support/webhook.ts';
import { placed } from './main-job-flow.ts';

export const credentials = { number: { appSecret, verifyToken } };

/** `revision` is in what a deploy of changed nodes or flows is to start anew. */
export function durabilityFlow(target: Target, file: string, revision = 0): FlowItem[] {
  return [
    { id: 'tab', type: 'tab', label: 'Durability' },
    { id: 'store', type: 'trigger-store', file },
    {
      id: 'number',
      type: 'whatsapp-account',
      name: 'Shop',
      provider: 'meta',
      accountId: phoneNumberId,
      number: businessNumber,
      path: 'durable',
      store: 'store',
    },
    ...placed([
      { id: 'in', type: 'whatsapp-in', z: 'tab', account: '', wires: [['always']] },
      { id: 'always', type: 'trigger-condition', z: 'tab', wires: [['delay'], []] },
      {
        id: 'delay',
        type: 'delay',
        z: 'tab',
        pauseType: 'delay',
        timeout: '20',
        timeoutUnits: 'milliseconds',
        wires: [['forward']],
      },
      {
        id: 'forward',
        type: 'url-forward',
        z: 'tab',
        name: `Revision ${revision}`,
        url: `${target.url}/?event={{eventid}}&text={{text}}&again={{payload.redelivered}}`,
        retry: 'none',
        allow: [target.host],
        wires: [[]],
      },
    ]),
  ];
}

export interface Arrival {
  readonly event: string;
  readonly text: string;
  readonly again: boolean;
  readonly key: string;
}

export interface Target {
  readonly url: string;
  readonly host: string;
  readonly arrivals: readonly Arrival[];
  /** Resolves when every one of the texts has come, at least once. */
  has(texts: Iterable<string>): Promise<void>;
  close(): Promise<void>;
}

/** How the target takes a request whose text begins so; everything else is answered at once. */
const moods: Readonly<Record<string, (response: ServerResponse, first: boolean) => void>> = {
  slow: (response) => void setTimeout(2_000).then(() => response.end()),
  hang: (response, first) => void (first || response.end()),
};

export async function startTarget(): Promise<Target> {
  const arrivals: Arrival[] = [];
  let heard = (): void => undefined;
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://target');
    const [event = '', words = '', again] = ['event', 'text', 'again'].map(
      (name) => searchParams.get(name) ?? '',
    );
    const key = String(request.headers['idempotency-key']);
    const first = arrivals.every((arrival) => arrival.event !== event);
    arrivals.push({ event, text: words, again: again === 'true', key });
    heard();
    const mood = moods[words.split(' ', 1)[0]!];
    if (mood) mood(response, first);
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    arrivals,
    has: (texts) =>
      new Promise((resolve) => {
        const missing = new Set(texts);
        heard = () => {
          arrivals.forEach(({ text }) => missing.delete(text));
          if (missing.size === 0) resolve();
        };
        heard();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

let customers = 0;

/** A message of a customer of its own, or of one that is named by a number. */
export function post(
  nodeRed: NodeRed,
  words: string,
  customer = (customers += 1),
): Promise<Response> {
  const person = { waId: `39333${String(customer).padStart(7, '0')}`, name: 'Zoë' };
  const body = webhook([change({ messages: [message(text(words), person, wamid())] })]);
  return postWebhook(`${nodeRed.url}/whatsapp/durable`, body);
}

/** Posts until it is stopped, and again what was not acknowledged. Answers what was. */
export function startStream(nodeRed: NodeRed): { stop(): Promise<ReadonlySet<string>> } {
  const acknowledged = new Set<string>();
  const end = new AbortController();
  const worker = async (name: number): Promise<void> => {
    for (let n = 0; !end.signal.aborted; n += 1) {
      const words = `${name} ${n}`;
      const answer = await post(nodeRed, words, 1_000 + name);
      if (answer.status === 200) acknowledged.add(words);
      else if (answer.status !== 503) throw new Error(`A webhook was answered ${answer.status}.`);
      await setTimeout(answer.status === 200 ? 10 : 50);
    }
  };
  const workers = Promise.all(Array.from({ length: 6 }, (_, name) => worker(name)));
  return {
    stop: async () => {
      end.abort();
      await workers;
      return acknowledged;
    },
  };
}
