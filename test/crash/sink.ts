/**
 * The target of the forwards, a process of its own: it remembers every request in the order in which
 * they came, and answers after a moment so that work is under way when the sender dies.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import type { Effect } from './ledger.ts';
import { readMessageId } from './message-id.ts';

export type SinkReport =
  | { readonly port: number }
  | { readonly effects: readonly Effect[] }
  | { readonly count: number; readonly settled: number };

const longestMoment = 30;
/** Of the messages of a contact, each so many. */
const refusedForGood = 41;
const refusedOnce = 61;
/** The contacts go on side by side: their refusals shall not come all at once. */
const contactsApart = 7;
const effects: Effect[] = [];
const seen = new Set<string>();
/** Keys that the sender need not come back with. */
const settled = new Set<string>();

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  json(request).then(
    async (body) => {
      const { messageid } = body as { messageid: string };
      const key = String(request.headers['idempotency-key'] ?? '');
      const status = statusFor(messageid, !seen.has(key));
      effects.push({ id: messageid, key, status });
      seen.add(key);
      if (status !== 503) settled.add(key);
      await setTimeout(Math.random() * longestMoment);
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    },
    () => response.destroy(),
  );
});
server.listen(0, '127.0.0.1', () => report({ port: (server.address() as AddressInfo).port }));

process.on('message', (word) => {
  if (word === 'effects') report({ effects });
  if (word === 'count') report({ count: effects.length, settled: settled.size });
});
process.once('disconnect', () => process.exit());

/** Some are refused for good, which makes dead letters, and some once, which makes retries. */
function statusFor(id: string, first: boolean): number {
  const { contact, sequence } = readMessageId(id);
  const place = sequence + contact * contactsApart;
  if (place % refusedForGood === 0) return 422;
  return first && place % refusedOnce === 0 ? 503 : 200;
}

function report(said: SinkReport): void {
  process.send?.(said);
}
