/** A store full of events, as after an outage of the flow: how soon is it empty, and in order? */
import { join } from 'node:path';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.ts';
import { businessNumber } from '../test/fixtures/meta.ts';
import type { IngestFact } from '../src/store/contract.ts';
import { accountOf, numberOf, startForwarding } from './flow.ts';
import { phoneOf, textOf } from './message.ts';
import { startPeer, word } from './peer.ts';
import type { Report } from './sink.ts';
import { atMost, plain, print } from './table.ts';

const count = 100_000;
/** An account may fill half of the inbox. */
const accounts = 2;
const batch = 1000;
const limit = 300;

export async function drain(): Promise<void> {
  const sink = startPeer('sink.ts');
  const [url = ''] = await word<string[]>(sink, 'urls');
  const nodeRed = await startForwarding(Array.from({ length: accounts }, () => url));
  await nodeRed.stop();
  await fill(join(nodeRed.userDir, 'whatsapp-triggers.sqlite'));
  const reached = word<Report>(sink, 'reached');
  sink.send({ expect: count });
  const begin = performance.now();
  await nodeRed.start();
  const started = (performance.now() - begin) / 1000;
  const patience = setTimeout(() => sink.send('report'), 2 * limit * 1000);
  const { received, disorder } = await Promise.race([reached, word<Report>(sink, 'report')]);
  clearTimeout(patience);
  const seconds = (performance.now() - begin) / 1000;
  print(`(d) A backlog of ${count.toLocaleString('en')} events, forwarded after a start`, [
    plain('forwarded', received, '', 0),
    atMost('from the start of Node-RED', seconds, limit, 's'),
    plain('of this, Node-RED itself', started, 's'),
    plain('rate', received / (seconds - started), 'events/s', 0),
    atMost('out of order', disorder, 0, '', 0),
  ]);
  await nodeRed.remove();
  sink.kill();
}

async function fill(file: string): Promise<void> {
  const store = await openEmbeddedStore({ file, retentionDays: 30 });
  for (let first = 0; first < count; first += batch) {
    const facts = Array.from({ length: batch }, (_, offset) => fact(first + offset));
    await store.ingest({ facts, receivedAt: Date.now() }, false);
  }
  await store.close();
}

function fact(index: number): IngestFact {
  const number = index % accounts;
  const account = {
    id: accountOf(number),
    key: '',
    name: accountOf(number),
    number: businessNumber,
    provider: 'meta',
  };
  return {
    policy: { account, closeAfter: 0, reopenWithin: 0 },
    fact: {
      kind: 'message',
      accountId: numberOf(number),
      dedupeKey: `message:${index}`,
      contact: { phone: `+${phoneOf(index)}`, name: 'Müller' },
      message: {
        id: `wamid.${index}`,
        verb: 'incoming',
        type: 'text',
        text: textOf(index),
        media: [],
      },
    },
  };
}
