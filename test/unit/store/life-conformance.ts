import assert from 'node:assert/strict';
import type { Person, ProviderFact } from '../../../src/provider/provider.ts';
import type { IngestFact, TriggerStore } from '../../../src/store/contract.ts';
import { incoming, noon, policy } from './conformance.ts';
import { endOf, pageRequest } from './page-conformance.ts';

const minute = 60_000;
const ada = { username: 'ada', name: 'Ada Lovelace' };
const isoOf = (at: number): string => new Date(at).toISOString();

let serial = 0;

/** A fresh fact that is no message. */
function passive(fact: object): IngestFact {
  serial += 1;
  const base = { accountId: '1', dedupeKey: `passive:${serial}` };
  return { policy, fact: { ...base, ...fact } as ProviderFact };
}
const from = (contact: Person, more: object = {}): IngestFact => incoming('', { contact, ...more });
const textOf = (text: Partial<{ type: string; group: string; replyTo: string }>): object => ({
  message: { id: 'm', verb: 'incoming', type: 'text', text: '', media: [], ...text },
});

/** Who a contact is and how an interaction lives, in every engine's store. */
export function lifeConformance(open: () => Promise<TriggerStore>): void {
  let store: TriggerStore;
  beforeEach(async () => {
    store = await open();
    await store.setPolicy(policy);
  });
  afterEach(() => store.close());

  const ingest = (receivedAt: number, ...facts: IngestFact[]) =>
    store.ingest({ facts, receivedAt }, true);
  const openOne = async (now = noon): Promise<string> => {
    const { events } = await ingest(now, incoming());
    return events[0]!.event.interaction.id;
  };
  const reopen = async () => {
    await store.close();
    store = await open();
  };

  it('knows a contact by other ids once it has changed them, in the same interaction', async () => {
    const { events } = await ingest(
      noon,
      from({ phone: '+391', userId: 'IT.1', parentUserId: 'IT.ENT.1', name: 'Zoë' }),
      passive({
        kind: 'identity',
        previous: { phone: '+391', userId: 'IT.1' },
        contact: { phone: '+392', userId: 'IT.2' },
      }),
      from({ userId: 'IT.2' }),
    );
    assert.equal(events.length, 2);
    const [first, second] = events.map(({ event }) => event);
    assert.deepEqual(second?.contact, {
      id: first?.contact.id,
      phone: '+392',
      userId: 'IT.2',
      name: 'Zoë',
    });
    assert.equal(second?.interaction.id, first?.interaction.id);
  });

  it('keeps two contacts apart whose ids came together, and says so once', async () => {
    const { events } = await ingest(noon, from({ phone: '+391' }), from({ userId: 'IT.1' }));
    const both = { phone: '+391', userId: 'IT.1' };
    const told = await ingest(noon, from(both), from(both));
    assert.deepEqual(
      told.events.map(({ event }) => event.contact.id),
      [events[0]!.event.contact.id, events[0]!.event.contact.id],
    );
    assert.deepEqual(
      told.notices?.map(({ account, about }) => [account, about]),
      [['a1', 'contact']],
    );
    await reopen();
    const [again] = (await ingest(noon, from({ userId: 'IT.1' }))).events;
    assert.equal(again?.event.contact.id, events[1]!.event.contact.id);
  });

  it('holds a contact of a group apart from the same one in private, and from another group', async () => {
    const { events } = await ingest(
      noon,
      incoming('+391'),
      incoming('+391', textOf({ group: 'g1' })),
      incoming('+391', textOf({ group: 'g2' })),
      incoming('+391', textOf({ group: 'g1' })),
    );
    const ids = events.map(({ event }) => event.interaction.id);
    assert.equal(new Set(ids).size, 3);
    assert.equal(ids[3], ids[1]);
    assert.equal(new Set(events.map(({ event }) => event.contact.id)).size, 1);
    assert.equal(events[1]?.event.message?.group, 'g1');
  });

  it('opens nothing for a reaction, an edit, a revocation, a status, a call or an end', async () => {
    const contact = { phone: '+391' };
    const { events } = await ingest(
      noon,
      ...['reaction', 'edit', 'revoke'].map((type) =>
        from(contact, textOf({ type, replyTo: 'm' })),
      ),
      passive({ kind: 'delivery', contact, messageId: 'm', delivery: { status: 'read' } }),
      passive({ kind: 'call', contact }),
      passive({ kind: 'end', contact }),
    );
    assert.deepEqual(
      events.map(({ event }) => [event.name, event.interaction.state, event.interaction.change]),
      [
        ['message.incoming', 'closed', undefined],
        ['message.incoming', 'closed', undefined],
        ['message.incoming', 'closed', undefined],
        ['delivery', 'closed', undefined],
      ],
    );
    const next = await ingest(noon, incoming('+391'));
    assert.equal(next.events[0]?.event.interaction.change, 'opened');
  });

  it('closes an interaction once, with its offer and its pages', async () => {
    const interactionId = await openOne();
    const added = await store.addPage(pageRequest({ interactionId }));
    const closing = { interactionId, reason: 'solved', agent: ada };
    const first = await store.closeInteraction(closing, noon + minute, true);
    assert.equal(first.found, true);
    const [{ event }] = first.events as [(typeof first.events)[0]];
    assert.equal(event.name, 'interaction.closed');
    assert.deepEqual(event.agent, ada);
    assert.deepEqual(event.account, policy.account);
    assert.deepEqual(event.interaction, {
      id: interactionId,
      change: 'closed',
      state: 'closed',
      openedAt: isoOf(noon),
      closedAt: isoOf(noon + minute),
      reason: 'solved',
    });
    assert.deepEqual(first.offersOf, ['q1']);
    assert.deepEqual(first.pagesWithdrawn, [endOf(added!.page, 'ada')]);
    const again = await store.closeInteraction(closing, noon + minute, true);
    assert.deepEqual([again.found, again.events], [false, []]);
    const unknown = { interactionId: 'nobody', reason: '' };
    assert.equal((await store.closeInteraction(unknown, noon, true)).found, false);
  });

  it('closes an interaction once when a flow, an agent and the clock do so at the same time', async () => {
    const interactionId = await openOne();
    const late = noon + 61 * minute;
    const ends = await Promise.all([
      store.closeInteraction({ interactionId, reason: 'flow' }, late, true),
      store.sweep(late, true),
      store.closeInteraction({ interactionId, reason: 'agent' }, late, true),
    ]);
    assert.equal(ends.flatMap(({ events }) => events).length, 1);
  });

  for (const [before, after] of [
    [0, 10],
    [60, 0],
  ] as const) {
    it(`closes what was opened again by the limit of now, ${after}, not of then, ${before}`, async () => {
      await store.setPolicy({ ...policy, closeAfter: before });
      const { fact } = incoming();
      const opened = { fact, policy: { ...policy, closeAfter: before } };
      const { events } = await ingest(noon, opened);
      const interactionId = events[0]!.event.interaction.id;
      await store.closeInteraction({ interactionId, reason: 'flow' }, noon + minute, true);
      const now = { ...policy, closeAfter: after, reopenWithin: 30 };
      await store.setPolicy(now);
      const again = await ingest(noon + 2 * minute, { ...incoming(), policy: now });
      assert.equal(again.events[0]?.event.interaction.id, interactionId);
      const due = after === 0 ? undefined : noon + (2 + after) * minute;
      assert.equal(again.nextDue, due);
      const swept = await store.sweep(noon + 600 * minute, true);
      assert.deepEqual(
        swept.events.map(({ event }) => event.interaction.closedAt),
        due === undefined ? [] : [isoOf(due)],
      );
    });
  }

  it('tells a message that comes late with the interaction that has closed, and opens nothing', async () => {
    const interactionId = await openOne();
    const closing = { interactionId, reason: 'flow' };
    await store.closeInteraction(closing, noon + 30 * minute, true);
    const late = incoming('+391', { at: isoOf(noon + 10 * minute) });
    const { events, offersOf } = await ingest(noon + 31 * minute, late);
    assert.equal(events[0]?.event.name, 'message.incoming');
    assert.equal(events[0]?.event.interaction.id, interactionId);
    assert.equal(events[0]?.event.interaction.change, undefined);
    assert.deepEqual(offersOf, []);
    const next = await ingest(noon + 31 * minute, incoming());
    assert.equal(next.events[0]?.event.interaction.change, 'opened');
  });

  it('takes a message for one of now whose time no provider would come with, and says so', async () => {
    const at = isoOf(noon - 8 * 24 * 60 * minute);
    const interactionId = await openOne();
    await store.closeInteraction({ interactionId, reason: 'flow' }, noon, true);
    const old = incoming('+391', { at });
    const { events, notices } = await ingest(noon + minute, old);
    assert.deepEqual([events[0]?.event.at, events[0]?.event.interaction.change], [at, 'opened']);
    const window = await store.contactWindow(old.policy.account.id, { phone: '+391' });
    assert.equal(window?.lastIncomingAt, noon + minute);
    assert.deepEqual(
      notices?.map(({ about }) => about),
      ['old'],
    );
  });

  it('closes for the provider what is open, not what was opened since', async () => {
    const contact = { phone: '+391' };
    const id = await openOne();
    const early = passive({ kind: 'end', contact, at: isoOf(noon - minute) });
    assert.deepEqual((await ingest(noon + minute, early)).events, []);
    const ended = passive({ kind: 'end', contact, at: isoOf(noon + minute) });
    const { events } = await ingest(noon + 2 * minute, ended, passive({ kind: 'end', contact }));
    assert.deepEqual(
      events.map(({ event }) => [event.name, event.interaction.id, event.interaction.reason]),
      [['interaction.closed', id, 'provider']],
    );
  });

  it('gives an interaction to an agent without a word, and ends its offer', async () => {
    const interactionId = await openOne();
    const { found, events, offersOf } = await store.assignInteraction(
      { interactionId, agent: ada },
      noon,
      true,
    );
    assert.deepEqual([found, events, offersOf], [true, [], ['q1']]);
    assert.deepEqual(await store.offers(['q1']), []);
    const next = await ingest(noon, incoming());
    assert.deepEqual(next.events[0]?.event.agent, ada);
    assert.deepEqual(next.offersOf, []);
    await store.closeInteraction({ interactionId, reason: '' }, noon, true);
    const again = await store.assignInteraction({ interactionId, agent: ada }, noon, true);
    assert.equal(again.found, false);
  });

  it('tells what was set with every later event until the interaction has closed', async () => {
    const interactionId = await openOne();
    assert.deepEqual(await store.setVariables(interactionId, { ORDER: '1', CITY: 'Forlì' }), {
      ORDER: '1',
      CITY: 'Forlì',
    });
    const all = { ORDER: '2', CITY: 'Forlì' };
    assert.deepEqual(await store.setVariables(interactionId, { ORDER: '2' }), all);
    await reopen();
    const contact = { phone: '+391' };
    const status = { kind: 'delivery', contact, messageId: 'm', delivery: { status: 'read' } };
    const { events } = await ingest(noon, incoming(), passive(status));
    const closed = await store.closeInteraction({ interactionId, reason: '' }, noon + minute, true);
    assert.deepEqual(
      [...events, ...closed.events].map(({ event }) => event.interaction.variables),
      [all, all, all],
    );
    const later = [incoming('+391', textOf({ type: 'reaction' })), incoming()];
    for (const { event } of (await ingest(noon + minute, ...later)).events) {
      assert.equal('variables' in event.interaction, false);
    }
    assert.equal(await store.setVariables(interactionId, { ORDER: '3' }), undefined);
  });

  it('knows when a contact may be written to: since its last message or call, not since ours', async () => {
    const window = (to: Person) => store.contactWindow('a1', to);
    assert.equal(await window({ phone: '+391' }), undefined);
    const sent = incoming('+391');
    const ours = { ...(sent.fact as { message: object }).message, verb: 'outgoing' };
    await ingest(noon, incoming('+391', { message: ours } as object));
    assert.deepEqual(await window({ phone: '+391' }), {});
    await ingest(noon + 9 * minute, incoming('+391', { at: isoOf(noon + 7 * minute) }));
    assert.deepEqual(await window({ phone: '+391' }), { lastIncomingAt: noon + 7 * minute });
    const contact = { phone: '+391', userId: 'IT.1' };
    const call = (at: number) => passive({ kind: 'call', contact, at: isoOf(at) });
    await ingest(noon + 9 * minute, call(noon + 8 * minute), call(noon + 2 * minute));
    await ingest(noon + 9 * minute, incoming('+391', { at: isoOf(noon + 5 * minute) }));
    await reopen();
    assert.deepEqual(await window({ userId: 'IT.1' }), { lastIncomingAt: noon + 8 * minute });
    assert.equal(await store.contactWindow('a2', contact), undefined);
  });

  it('takes what a contact wrote in a group for no leave to write to it in private', async () => {
    await ingest(noon, incoming('+391', textOf({ group: 'g1' })));
    assert.deepEqual(await store.contactWindow('a1', { phone: '+391' }), {});
    await ingest(noon, incoming('+391', textOf({ type: 'reaction' })));
    const window = await store.contactWindow('a1', { phone: '+391' });
    assert.deepEqual(window, { lastIncomingAt: noon });
  });

  it('knows when an account was last heard of, over a restart, and of no other one', async () => {
    assert.equal(await store.heardAt('a1'), undefined);
    await ingest(noon + minute, incoming());
    await ingest(noon, incoming());
    const other = { ...policy, account: { ...policy.account, id: 'a2' } };
    await ingest(noon + 9 * minute, { ...incoming(), policy: other });
    await reopen();
    assert.equal(await store.heardAt('a1'), noon + minute);
    await ingest(
      noon + 9 * minute,
      ...Array.from({ length: 2_100 }, () => ({ ...incoming(), policy: other })),
    );
    assert.equal(await store.heardAt('a1'), noon + minute);
    assert.equal(await store.heardAt('a3'), undefined);
  });

  it('keeps all of a request with a thousand facts, or nothing of it', async () => {
    const facts = Array.from({ length: 1_000 }, (_, n) => incoming(`+39${n % 100}`));
    const broken = { ...facts[0]!.fact, dedupeKey: undefined as unknown as string };
    const bad = ingest(noon, ...facts.slice(0, 900), { policy, fact: broken });
    const good = ingest(noon, ...facts);
    await assert.rejects(bad, { code: 'E_STORE' });
    const { events, duplicatesOf } = await good;
    assert.deepEqual([events.length, duplicatesOf.length], [1_000, 0]);
    const opened = events.filter(({ event }) => event.interaction.change === 'opened');
    assert.equal(opened.length, 100);
  });
}
