import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import { Inbox } from '../../../src/inbox/inbox.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import type { IngestFact } from '../../../src/store/contract.ts';
import { incoming, noon } from '../store/conformance.ts';

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

  it('takes a thousand facts at once without holding the event loop, and hands them out in order', async () => {
    const facts = Array.from({ length: 1_000 }, (_, n) => incoming(`+39${n % 400}`));
    const wanted = facts.map(({ fact }) => (fact.kind === 'message' ? fact.message.id : ''));
    const seen: string[] = [];
    const through = Promise.withResolvers<void>();
    const inbox = await open(async ({ message }) => {
      seen.push(message?.id ?? '');
      if (seen.length === facts.length) through.resolve();
    });
    inbox.begin();
    const perTurn: number[] = [];
    let before = 0;
    const watch = setInterval(() => {
      perTurn.push(seen.length - before);
      before = seen.length;
    });
    const [share] = await inbox.ingest(facts, Date.now());
    await through.promise;
    clearInterval(watch);
    assert.deepEqual(share, { account: 'a1', events: 1_000, duplicates: 0 });
    assert.deepEqual(seen.toSorted(), wanted.toSorted());
    assert.ok(perTurn.length > 5, `${perTurn.length} turns for all`);
  });

  it('counts for each account what came again, and no news that is no event for a repetition', async () => {
    const inbox = await open(async () => undefined);
    const entry = incoming();
    const call: IngestFact = {
      policy: entry.policy,
      fact: { kind: 'call', accountId: '1', dedupeKey: 'call', contact: { phone: '+391' } },
    };
    const other = { ...entry.policy, account: { ...entry.policy.account, id: 'a2' } };
    assert.deepEqual(await inbox.ingest([entry, entry, call, { ...entry, policy: other }], noon), [
      { account: 'a1', events: 1, duplicates: 1 },
      { account: 'a2', events: 1, duplicates: 0 },
    ]);
  });

  it('hands out that an interaction was closed and that a message was sent', async () => {
    const seen: WhatsAppEvent[] = [];
    const three = Promise.withResolvers<void>();
    const inbox = await open(async (event) => {
      if (seen.push(event) === 3) three.resolve();
    });
    inbox.begin();
    // By the clock of this machine it would be idle for long.
    const policy = { ...incoming().policy, closeAfter: 0 };
    await inbox.ingest([{ ...incoming(), policy }], noon);
    const send = { id: 's', policy, contact: { phone: '+391' } };
    const message = { type: 'text', text: 'ciao', media: [] };
    const { store } = inbox;
    const end = { ...send, message, kind: 'sent', messageId: 'w', status: '' } as const;
    await inbox.change((handOut) => store.endSend(end, noon, handOut));
    const closing = { interactionId: seen[0]!.interaction.id, reason: 'solved' };
    const agent = { username: 'ada', name: 'Ada' };
    const assigned = await inbox.change((handOut) =>
      store.assignInteraction({ ...closing, agent }, noon, handOut),
    );
    const closed = await inbox.change((handOut) => store.closeInteraction(closing, noon, handOut));
    const again = await inbox.change((handOut) => store.closeInteraction(closing, noon, handOut));
    assert.deepEqual([assigned.found, closed.found, again.found], [true, true, false]);
    await three.promise;
    assert.deepEqual(
      seen.map(({ name, agent: whose }) => [name, whose?.username]),
      [
        ['message.incoming', undefined],
        ['message.outgoing', undefined],
        ['interaction.closed', 'ada'],
      ],
    );
  });

  it('ends the turn of an agent in time, and tells the flow who let it pass', async () => {
    const rejected = Promise.withResolvers<WhatsAppEvent>();
    const inbox = await open(async (event) => {
      if (event.name === 'message.rejected') rejected.resolve(event);
    });
    inbox.begin();
    await inbox.ingest([incoming()], Date.now());
    const [offer] = await inbox.offers(['q1']);
    const agent = { username: 'ada', name: 'Ada' };
    const now = Date.now();
    assert.equal(await inbox.offerTo(offer!.id, { agent, now, expiresAt: now + 100 }), true);
    const event = await rejected.promise;
    assert.deepEqual([event.agent, event.message?.reason], [agent, 'timeout']);
    assert.equal((await inbox.offers(['q1']))[0]?.offeredTo, undefined);
  });
});
