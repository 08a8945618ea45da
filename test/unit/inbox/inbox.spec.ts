import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import { Inbox } from '../../../src/inbox/inbox.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { incoming } from '../store/conformance.ts';

describe('the inbox', () => {
  const folder = useTempFolder();
  const inboxes: Inbox[] = [];
  afterEach(async () => {
    for (const inbox of inboxes.splice(0)) {
      await inbox.stop();
      await inbox.store.close();
    }
  });

  async function open(deliver: (event: WhatsAppEvent) => Promise<void>): Promise<Inbox> {
    const store = await openEmbeddedStore({
      file: join(folder(), 'store.sqlite'),
      retentionDays: 30,
    });
    const inbox = new Inbox({
      store,
      deliver,
      offersChanged: () => undefined,
      problem: (error) => assert.fail(error),
    });
    inboxes.push(inbox);
    return inbox;
  }

  /** Gathers delivered texts; `reached(n)` resolves with the first n. */
  function collector() {
    const texts: string[] = [];
    let check = (): void => undefined;
    return {
      deliver: async (event: WhatsAppEvent) => {
        texts.push(`${event.contact.phone} ${event.message?.text}`);
        check();
      },
      reached: (count: number) =>
        new Promise<string[]>((resolve) => {
          check = () => texts.length >= count && resolve(texts);
          check();
        }),
    };
  }

  it('hands out what came before the flow ran, then what comes, in order for each contact', async () => {
    const { deliver, reached } = collector();
    const inbox = await open(deliver);
    const facts = Array.from({ length: 3_000 }, (_, n) => incoming(`+39${n % 7}`));
    const wanted = facts.map(({ fact }) =>
      fact.kind === 'message' ? `${fact.contact.phone} ${fact.message.text}` : '',
    );
    const half = facts.splice(0, 1_500);
    await inbox.ingest(half, Date.now());
    inbox.begin();
    for (let at = 0; at < facts.length; at += 50)
      void inbox.ingest(facts.slice(at, at + 50), Date.now());
    const texts = await reached(3_000);
    assert.equal(texts.length, 3_000);
    for (let contact = 0; contact < 7; contact++) {
      const own = (text: string) => text.startsWith(`+39${contact} `);
      assert.deepEqual(texts.filter(own), wanted.filter(own));
    }
  });

  it('comes back with the events that a stop cut off, and only with them', async () => {
    const { deliver, reached } = collector();
    const first = await open((event) =>
      event.contact.phone === '+390' ? new Promise(() => undefined) : deliver(event),
    );
    first.begin();
    await first.ingest([incoming('+390'), incoming('+391'), incoming('+392')], Date.now());
    await reached(2);
    await first.stop();
    await first.store.close();
    inboxes.length = 0;
    const seen: WhatsAppEvent[] = [];
    const done = Promise.withResolvers<void>();
    const second = await open(async (event) => {
      seen.push(event);
      done.resolve();
    });
    second.begin();
    await done.promise;
    assert.deepEqual(
      seen.map(({ contact, redelivered }) => [contact.phone, redelivered]),
      [['+390', true]],
    );
  });

  it('hands out nothing while nodes are stopped and started, and all in order after that', async () => {
    const { deliver, reached } = collector();
    let running = true;
    const inbox = await open(async (event) => {
      assert.ok(running, 'an event was handed out to a flow that is stopped');
      await deliver(event);
    });
    inbox.begin();
    await inbox.ingest([incoming()], Date.now());
    await reached(1);
    const facts = Array.from({ length: 20 }, () => incoming());
    const first = inbox.ingest(facts.slice(0, 10), Date.now());
    running = false;
    inbox.pause();
    await first;
    await inbox.ingest(facts.slice(10), Date.now());
    running = true;
    inbox.begin();
    const texts = await reached(21);
    const wanted = facts.map(({ fact }) => (fact.kind === 'message' ? fact.message.text : ''));
    assert.deepEqual(
      texts.slice(1).map((text) => text.replace('+391 ', '')),
      wanted,
    );
  });
});
