import assert from 'node:assert/strict';
import type { MessageFact } from '../../../src/provider/provider.ts';
import type { AccountPolicy, IngestFact, TriggerStore } from '../../../src/store/contract.ts';

export const policy: AccountPolicy = {
  account: { id: 'a1', name: 'Shop', key: 'SHOP', provider: 'meta', number: '+39 02 1' },
  closeAfter: 60,
  reopenWithin: 0,
  queue: { id: 'q1', name: 'Sales & Co' },
};
export const noon = Date.parse('2026-11-22T12:00:00Z');
const minute = 60_000;
const ada = { username: 'ada', name: 'Ada Lovelace' };
const bob = { username: 'bob', name: 'Bob' };

let serial = 0;

/** A fresh incoming text of a contact. */
export function incoming(phone = '+391', more: Partial<MessageFact> = {}): IngestFact {
  serial += 1;
  const fact: MessageFact = {
    kind: 'message',
    accountId: '1',
    dedupeKey: `message:${serial}`,
    contact: { phone, name: 'Zoë 🌻' },
    message: {
      id: `m${serial}`,
      verb: 'incoming',
      type: 'text',
      text: `text ${serial}`,
      media: [],
    },
    ...more,
  };
  return { policy, fact };
}

/** Every engine's store has to pass these, opened anew by `open` on the same data. */
export function conformance(open: () => Promise<TriggerStore>): void {
  let store: TriggerStore;
  beforeEach(async () => {
    store = await open();
    await store.setPolicy(policy);
  });
  afterEach(() => store.close());

  const ingest = (...facts: IngestFact[]) => store.ingest({ facts, receivedAt: noon }, true);
  const reopen = async () => {
    await store.close();
    store = await open();
  };

  it('keeps a fact once, whether it comes again in the same request, in another or after a restart', async () => {
    const entry = incoming();
    const first = await ingest(entry, entry);
    assert.equal(first.events.length, 1);
    assert.equal(first.duplicatesOf.length, 1);
    await reopen();
    const again = await ingest(entry);
    assert.deepEqual([again.events.length, again.duplicatesOf.length], [0, 1]);
  });

  it('keeps a fact once when ten requests bring it at the same time', async () => {
    const entry = incoming();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ingest(entry)));
    assert.equal(answers.flatMap(({ events }) => events).length, 1);
  });

  it('holds the same key of two accounts apart', async () => {
    const entry = incoming();
    const other = { ...policy, account: { ...policy.account, id: 'a2' } };
    const { events } = await ingest(entry, { ...entry, policy: other });
    assert.equal(events.length, 2);
  });

  it('knows a contact by phone and by user id once both came together', async () => {
    const both = { phone: '+391', userId: 'IT.1', name: 'Zoë' };
    const told = await ingest(
      incoming('+391', { contact: both }),
      incoming('', { contact: { userId: 'IT.1' } }),
    );
    const [first, second] = told.events.map(({ event }) => event);
    assert.equal(second?.contact.id, first?.contact.id);
    assert.equal(second?.contact.phone, '+391');
    assert.equal(second?.interaction.id, first?.interaction.id);
  });

  it('knows the name that a record of a contact told before the first message', async () => {
    const ids = { phone: '+391', providerId: 'P1' };
    const contact = { ...ids, name: 'Giulia' };
    const record = { kind: 'identity', accountId: '1', dedupeKey: 'identity:1' } as const;
    const previous = { providerId: 'P1' };
    await ingest({ policy, fact: { ...record, previous, contact } });
    await reopen();
    const { events } = await ingest(incoming('', { contact: ids }));
    assert.equal(events[0]?.event.contact.name, 'Giulia');
  });

  it('hands out what is not finished again after a stop, in order and as redelivered', async () => {
    const { events } = await ingest(incoming('+391'), incoming('+392'), incoming('+391'));
    await store.finish([events[1]!.seq]);
    await reopen();
    const again = await store.take(0, 10);
    assert.deepEqual(
      again.map(({ event }) => event.id),
      [events[0]!.event.id, events[2]!.event.id],
    );
    assert.ok(again.every(({ event }) => event.redelivered));
    assert.deepEqual(await store.take(0, 10), []);
  });

  it('gives what was never handed out for the first time, not as redelivered', async () => {
    await store.ingest({ facts: [incoming()], receivedAt: noon }, false);
    await reopen();
    const [event] = await store.take(0, 10);
    assert.equal(event?.event.redelivered, false);
  });

  it('closes an idle interaction once, at the time it was due, over a restart', async () => {
    const { nextDue, events } = await ingest(incoming());
    assert.equal(nextDue, noon + 60 * minute);
    assert.deepEqual((await store.sweep(noon + 59 * minute, true)).events, []);
    await reopen();
    const swept = await store.sweep(noon + 600 * minute, true);
    assert.equal(swept.events.length, 1);
    const { event } = swept.events[0]!;
    assert.equal(event.name, 'interaction.closed');
    assert.equal(event.interaction.id, events[0]!.event.interaction.id);
    assert.equal(event.interaction.closedAt, '2026-11-22T13:00:00.000Z');
    assert.equal(event.interaction.reason, 'inactivity');
    assert.deepEqual((await store.sweep(noon + 700 * minute, true)).events, []);
  });

  it('closes nothing of an account whose limit is 0', async () => {
    await ingest(incoming());
    await store.setPolicy({ ...policy, closeAfter: 0 });
    assert.deepEqual((await store.sweep(noon + 10_000 * minute, true)).events, []);
  });

  it('offers an interaction once, until someone takes it', async () => {
    const { offersOf } = await ingest(incoming(), incoming());
    assert.deepEqual(offersOf, ['q1']);
    const offers = await store.offers(['q1']);
    assert.equal(offers.length, 1);
    assert.equal(offers[0]!.event.contact.name, 'Zoë 🌻');
  });

  it('lets exactly one of two agents accept at the same instant', async () => {
    await ingest(incoming());
    const [offer] = await store.offers(['q1']);
    const accept = (agent: typeof ada) =>
      store.answerOffer(
        {
          offerId: offer!.id,
          agent,
          answer: 'accepted',
          candidates: ['ada', 'bob'],
          now: noon,
        },
        true,
      );
    const [first, second] = await Promise.all([accept(ada), accept(bob)]);
    assert.deepEqual([first.won, second.won], [true, false]);
    assert.deepEqual(
      first.events.map(({ event }) => [event.name, event.agent?.username]),
      [['message.accepted', 'ada']],
    );
    assert.deepEqual(second.events, []);
    assert.deepEqual(await store.offers(['q1']), []);
  });

  it('ends an offer when all it stands for have rejected it, and offers anew with the next message', async () => {
    await ingest(incoming());
    const reject = async (agent: typeof ada) => {
      const [offer] = await store.offers(['q1']);
      return store.answerOffer(
        {
          offerId: offer!.id,
          agent,
          answer: 'rejected',
          candidates: ['ada', 'bob'],
          now: noon,
        },
        true,
      );
    };
    await reject(ada);
    assert.deepEqual((await store.offers(['q1']))[0]?.rejectedBy, ['ada']);
    assert.equal((await reject(ada)).won, false);
    await reject(bob);
    assert.deepEqual(await store.offers(['q1']), []);
    await ingest(incoming());
    assert.equal((await store.offers(['q1'])).length, 1);
  });

  it('rejects once an offer nobody took in time, counted from its first showing, and keeps it', async () => {
    await ingest(incoming());
    const [offer] = await store.offers(['q1']);
    assert.deepEqual((await store.sweep(noon + 30 * minute, true)).events, []);
    await store.offerShown(offer!.id, noon + 31 * minute);
    await store.offerShown(offer!.id, noon + 50 * minute);
    const { events, offersOf } = await store.sweep(noon + 31 * minute, true);
    assert.deepEqual(
      events.map(({ event }) => [event.name, event.message?.reason]),
      [['message.rejected', 'timeout']],
    );
    assert.deepEqual(offersOf, ['q1']);
    assert.deepEqual((await store.sweep(noon + 59 * minute, true)).events, []);
    await reopen();
    const [{ id, timedOut, expiresAt } = offer!] = await store.offers(['q1']);
    assert.deepEqual([id, timedOut, expiresAt], [offer!.id, true, undefined]);
  });

  it('offers what timed out to everybody again, also to those who rejected it', async () => {
    await ingest(incoming());
    const [offer] = await store.offers(['q1']);
    const answer = (agent: typeof ada, verdict: 'accepted' | 'rejected') =>
      store.answerOffer(
        { offerId: offer!.id, agent, answer: verdict, candidates: ['ada', 'bob'], now: noon },
        true,
      );
    await store.offerShown(offer!.id, noon + minute);
    await answer(ada, 'rejected');
    await store.sweep(noon + minute, true);
    assert.deepEqual((await store.offers(['q1']))[0]?.rejectedBy, []);
    assert.equal((await answer(ada, 'accepted')).won, true);
  });

  it('withdraws the offer of an interaction that closed', async () => {
    await ingest(incoming());
    await store.sweep(noon + 61 * minute, true);
    assert.deepEqual(await store.offers(['q1']), []);
  });

  it('keeps hostile text exactly', async () => {
    const text = `"';--\u202e<script>{{x}}</script>%00 \\ 👩‍👩‍👧 ${'x'.repeat(70_000)}`;
    const entry = incoming();
    const fact = entry.fact as MessageFact;
    await ingest({ ...entry, fact: { ...fact, message: { ...fact.message, text } } });
    await reopen();
    assert.equal((await store.take(0, 1))[0]?.event.message?.text, text);
  });

  it('keeps unreadable requests with their reason, the newest first', async () => {
    const entry = { at: noon, accountId: 'a1', path: 'p', body: '{' };
    await store.quarantine({ ...entry, reason: 'first' });
    await store.quarantine({ ...entry, reason: 'second' });
    const kept = await store.quarantined(1);
    assert.deepEqual(
      kept.map(({ reason, body }) => [reason, body]),
      [['second', '{']],
    );
  });

  it('refuses every call after it was closed', async () => {
    await store.close();
    await assert.rejects(ingest(incoming()), { code: 'E_STORE' });
  });
}
