/**
 * The provider, a process of its own: it posts signed webhooks for many contacts side by side. What is
 * not answered 2xx it sends again, as a provider does, and some of what was answered too. A contact's
 * next message comes after the one before was answered, so that the order of commit is known.
 */
import { Agent, request as open } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { change, headers, message, text, webhook } from '../fixtures/meta.ts';
import { messageId, type Named } from './message-id.ts';
import { randomFrom } from './random.ts';

export interface LoadOrder {
  readonly url: string;
  readonly seed: number;
  /** At most this many messages each second. */
  readonly rate: number;
}

export interface LoadReport {
  readonly requests: number;
  /** Requests by how they ended: a status, or the code of the connection's error. */
  readonly answers: Readonly<Record<string, number>>;
  /** Ids of the messages that were sent at least once, and of those answered 200. */
  readonly sent: readonly string[];
  readonly acknowledged: readonly string[];
}

const contacts = 40;
const connections = 16;
const largestBatch = 6;
/** Of the answered requests, this part is sent once more. */
const repeated = 0.1;

const agent = new Agent({ keepAlive: true, maxSockets: connections });
const idle = Array.from({ length: contacts }, (_, contact) => ({ contact, sequence: 0 }));
const sent = new Set<string>();
const acknowledged = new Set<string>();
const answers: Record<string, number> = {};
let requests = 0;
const stop = new AbortController();

process.on('message', (word: LoadOrder | 'stop') => {
  if (word === 'stop') {
    stop.abort();
    return;
  }
  void run(word).then(() => {
    agent.destroy();
    const ids = { sent: [...sent], acknowledged: [...acknowledged] };
    process.send?.({ requests, answers, ...ids } satisfies LoadReport);
  });
});
process.once('disconnect', () => process.exit());

async function run({ url, seed, rate }: LoadOrder): Promise<void> {
  const workers = Array.from({ length: connections }, async (_, index) => {
    const random = randomFrom(seed + index);
    while (!stop.signal.aborted) {
      const batch = nextBatch(random.below(3) === 0 ? 1 + random.below(largestBatch) : 1);
      if (batch.length === 0) {
        await setTimeout(20);
        continue;
      }
      const pause = (1000 * connections * batch.length) / rate;
      const body = bodyOf(batch);
      await postUntilAnswered(url, body, batch.map(messageId));
      for (const { contact, sequence } of batch) release(contact, sequence);
      if (random.next() < repeated) await post(url, body);
      await setTimeout(random.next() * 2 * pause);
    }
  });
  await Promise.all(workers);
}

/** Messages of contacts that wait for no answer; a contact may have several in one request. */
function nextBatch(size: number): Named[] {
  const first = idle.shift();
  if (!first) return [];
  const own = Math.ceil(size / 2);
  const batch = Array.from({ length: own }, (_, index) => following(first, index + 1));
  const others = idle.splice(0, size - own).map((other) => following(other, 1));
  return [...batch, ...others];
}

function following({ contact, sequence }: Named, by: number): Named {
  return { contact, sequence: sequence + by };
}

/** The last message of a contact in a batch tells where the next batch goes on. */
function release(contact: number, sequence: number): void {
  const known = idle.find((each) => each.contact === contact);
  if (known) known.sequence = Math.max(known.sequence, sequence);
  else idle.push({ contact, sequence });
}

function bodyOf(batch: readonly Named[]): Buffer {
  return webhook(
    batch.map((named) => {
      const waId = String(393_330_000_000 + named.contact);
      const said = text(`Message ${named.sequence} of contact ${named.contact}: perché? 📦`);
      const person = { waId, name: `Contact ${named.contact}` };
      return change({ messages: [message(said, person, messageId(named))], people: [person] });
    }),
  );
}

async function postUntilAnswered(url: string, body: Buffer, ids: readonly string[]): Promise<void> {
  for (const id of ids) sent.add(id);
  while (!(await post(url, body))) await setTimeout(50 + Math.random() * 100);
  for (const id of ids) acknowledged.add(id);
}

/** True when it was answered 200. */
async function post(url: string, body: Buffer): Promise<boolean> {
  requests += 1;
  const answer = await exchange(url, body);
  answers[answer] = (answers[answer] ?? 0) + 1;
  return answer === '200';
}

function exchange(url: string, body: Buffer): Promise<string> {
  const all = { ...headers(body), 'content-length': String(body.length) };
  return new Promise((resolve) => {
    const outgoing = open(
      url,
      { method: 'POST', agent, headers: all, timeout: 10_000 },
      (answer) => {
        resolve(String(answer.statusCode));
        answer.resume();
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error('time-out')));
    outgoing.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    outgoing.end(body);
  });
}
