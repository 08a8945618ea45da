import assert from 'node:assert/strict';
import type { IngestFact, TriggerStore } from '../../../src/store/contract.ts';
import type { Offer, OfferAnswer } from '../../../src/store/offers.ts';
import { incoming, noon, policy } from './conformance.ts';
import { pageRequest } from './page-conformance.ts';

const minute = 60_000;
const ada = { username: 'ada', name: 'Ada Lovelace' };
const bob = { username: 'bob', name: 'Bob' };
const eve = { username: 'eve', name: 'Eve' };
const everybody = ['ada', 'bob', 'eve'];

/** Offers that stand for one agent at a time, and interactions that go from one to another. */
export function offerConformance(open: () => Promise<TriggerStore>): void {
  let store: TriggerStore;
  beforeEach(async () => {
    store = await open();
    await store.setPolicy(policy);
  });
  afterEach(() => store.close());

  const reopen = async () => {
    await store.close();
    store = await open();
  };
  const ingest = (...facts: IngestFact[]) => store.ingest({ facts, receivedAt: noon }, true);
  const offerIn = async (queue: string): Promise<Offer> => {
    const [offer, ...more] = await store.offers([queue]);
    assert.ok(offer, `no offer stands in ${queue}`);
    assert.deepEqual(more, []);
    return offer;
  };
  const offered = async (): Promise<Offer> => {
    await ingest(incoming());
    return offerIn('q1');
  };
  const put = (offer: Offer, agent: typeof ada, now = noon) =>
    store.offerTo(offer.id, { agent, now, expiresAt: now + minute });
  const answer = (offer: Offer, agent: typeof ada, more: Partial<OfferAnswer> = {}) =>
    store.answerOffer(
      {
        offerId: offer.id,
        interactionId: offer.event.interaction.id,
        agent,
        answer: 'accepted',
        candidates: everybody,
        now: noon,
        ...more,
      },
      true,
    );

  it('lets nobody else answer an offer that stands for one agent', async () => {
    const offer = await offered();
    assert.equal(await put(offer, ada), true);
    assert.equal((await answer(offer, bob)).won, false);
    assert.equal((await answer(offer, bob, { answer: 'rejected' })).won, false);
    const { offeredTo, expiresAt, rejectedBy } = await offerIn('q1');
    assert.deepEqual([offeredTo, expiresAt, rejectedBy], ['ada', noon + minute, []]);
    assert.equal((await answer(offer, ada)).won, true);
  });

  it('passes an offer on that one agent has rejected: it waits, and no clock runs', async () => {
    const offer = await offered();
    await put(offer, ada);
    const { events, offersOf } = await answer(offer, ada, { answer: 'rejected', reason: 'busy' });
    assert.deepEqual(
      events.map(({ event }) => [event.name, event.agent, event.message?.reason]),
      [['message.rejected', ada, 'busy']],
    );
    assert.deepEqual(offersOf, ['q1']);
    const { offeredTo, expiresAt, rejectedBy } = await offerIn('q1');
    assert.deepEqual([offeredTo, expiresAt, rejectedBy], [undefined, undefined, ['ada']]);
    assert.deepEqual((await store.sweep(noon + 30 * minute, true)).events, []);
  });

  it('rejects for the agent who let their time pass, over a restart, and keeps the offer', async () => {
    const offer = await offered();
    await put(offer, ada);
    await reopen();
    assert.deepEqual((await store.sweep(noon + minute - 1, true)).events, []);
    const { events, offersOf } = await store.sweep(noon + minute, true);
    assert.deepEqual(
      events.map(({ event }) => [event.name, event.agent, event.message?.reason]),
      [['message.rejected', ada, 'timeout']],
    );
    assert.deepEqual(offersOf, ['q1']);
    const { offeredTo, expiresAt, rejectedBy } = await offerIn('q1');
    assert.deepEqual([offeredTo, expiresAt, rejectedBy], [undefined, undefined, ['ada']]);
    assert.equal((await answer(offer, ada)).won, false);
    await put(offer, bob, noon + minute);
    assert.equal((await answer(offer, bob)).won, true);
  });

  it('looks again when the time of an agent is over', async () => {
    await put(await offered(), ada);
    assert.equal((await store.setPolicy(policy)).nextDue, noon + minute);
  });

  it('takes an offer back from an agent who has gone, as no rejection', async () => {
    const offer = await offered();
    await put(offer, ada);
    assert.equal(await store.offerTo(offer.id, undefined), true);
    assert.deepEqual((await store.sweep(noon + 30 * minute, true)).events, []);
    const { offeredTo, rejectedBy } = await offerIn('q1');
    assert.deepEqual([offeredTo, rejectedBy], [undefined, []]);
  });

  it('can be put to an agent again who had rejected it', async () => {
    const offer = await offered();
    await put(offer, ada);
    await answer(offer, ada, { answer: 'rejected' });
    await put(offer, ada);
    assert.deepEqual((await offerIn('q1')).rejectedBy, []);
    assert.equal((await answer(offer, ada)).won, true);
  });

  it('puts no offer to anybody that is gone', async () => {
    const offer = await offered();
    await answer(offer, ada);
    assert.equal(await put(offer, bob), false);
    assert.deepEqual(await store.turns(['q1']), [
      { queueId: 'q1', agent: 'ada', acceptedAt: noon },
    ]);
  });

  it('tells one who comes too late who was first', async () => {
    const offer = await offered();
    await answer(offer, ada);
    const { won, takenBy } = await answer(offer, bob);
    assert.deepEqual([won, takenBy], [false, ada]);
  });

  it('remembers whose turn it was, in order even within a millisecond, over a restart', async () => {
    await ingest(incoming('+391'), incoming('+392'), incoming('+393'));
    const [first, second, third] = (await store.offers(['q1'])) as [Offer, Offer, Offer];
    await put(first, bob);
    await put(second, ada);
    await answer(first, bob);
    await answer(second, ada);
    await put(third, bob, noon - 60 * minute);
    await reopen();
    const turns = await store.turns(['q1', 'q2']);
    const by = (key: 'offeredAt' | 'acceptedAt') =>
      turns.toSorted((one, other) => one[key]! - other[key]!).map(({ agent }) => agent);
    assert.deepEqual(by('offeredAt'), ['ada', 'bob']);
    assert.deepEqual(by('acceptedAt'), ['bob', 'ada']);
  });

  /** An interaction that ada has accepted. */
  const adas = async (phone = '+391'): Promise<string> => {
    await ingest(incoming(phone));
    const offer = await offerIn('q1');
    await answer(offer, ada);
    return offer.event.interaction.id;
  };
  const q2 = { id: 'q2', name: 'Service' };

  it('gives an interaction to another agent, whose events it is then', async () => {
    const interactionId = await adas();
    const moved = await store.transferInteraction(
      { interactionId, to: { agent: bob } },
      noon,
      true,
    );
    assert.deepEqual([moved.found, moved.events], [true, []]);
    assert.deepEqual(moved.conversations, [
      { interactionId, queueId: 'q1', agent: bob, before: { queueId: 'q1', agent: 'ada' } },
    ]);
    const { events, offersOf } = await ingest(incoming());
    assert.deepEqual(events[0]?.event.agent, bob);
    assert.deepEqual(offersOf, []);
  });

  it('offers an interaction anew that goes to a queue, with what the contact said last', async () => {
    const interactionId = await adas();
    const { events } = await ingest(incoming());
    const transfer = { interactionId, from: 'ada', to: { queue: q2 } };
    const moved = await store.transferInteraction(transfer, noon + minute, true);
    assert.deepEqual([moved.found, moved.events, moved.offersOf], [true, [], ['q2']]);
    assert.deepEqual(moved.conversations, [
      { interactionId, queueId: 'q2', before: { queueId: 'q1', agent: 'ada' } },
    ]);
    const offer = await offerIn('q2');
    assert.deepEqual(offer.event.message, events[0]!.event.message);
    assert.equal(offer.event.agent, undefined);
    assert.equal(offer.event.queue, 'Service');
    assert.deepEqual(offer.event.account, policy.account);
    assert.deepEqual(offer.rejectedBy, ['ada']);
    const accepted = await answer(offer, bob);
    assert.deepEqual(
      accepted.events.map(({ event }) => [event.name, event.agent, event.queue, event.message?.id]),
      [['message.accepted', bob, 'Service', events[0]!.event.message!.id]],
    );
  });

  it('moves the offer of an interaction that nobody has yet', async () => {
    const { event } = await offered();
    const interactionId = event.interaction.id;
    const moved = await store.transferInteraction({ interactionId, to: { queue: q2 } }, noon, true);
    assert.deepEqual(moved.offersOf.toSorted(), ['q1', 'q2']);
    assert.deepEqual(await store.offers(['q1']), []);
    assert.deepEqual((await offerIn('q2')).rejectedBy, []);
    const given = await store.transferInteraction(
      { interactionId, to: { agent: eve } },
      noon,
      true,
    );
    assert.deepEqual(given.offersOf, ['q2']);
    assert.deepEqual(await store.offers(['q2']), []);
  });

  it('transfers nothing that is over, or another agent has', async () => {
    const interactionId = await adas();
    const move = (from?: string) =>
      store.transferInteraction(
        { interactionId, ...(from ? { from } : {}), to: { agent: bob } },
        noon,
        true,
      );
    assert.equal((await move('eve')).found, false);
    const [first, second] = await Promise.all([move('ada'), move('ada')]);
    assert.deepEqual([first.found, second.found], [true, false]);
    await store.closeInteraction({ interactionId, reason: 'solved' }, noon, true);
    assert.equal((await move()).found, false);
    assert.equal((await store.openInteraction(interactionId)) ?? 'over', 'over');
  });

  it('withdraws the pages of the agent who had it', async () => {
    const interactionId = await adas();
    const added = await store.addPage(pageRequest({ agents: ['ada', 'bob'], interactionId }));
    const moved = await store.transferInteraction(
      { interactionId, to: { agent: bob } },
      noon,
      true,
    );
    assert.deepEqual(
      moved.pagesWithdrawn?.map(({ id }) => id),
      [added!.page.id],
    );
  });

  it('offers again what an agent had who is gone, but nothing of other agents and queues', async () => {
    const ids = [await adas('+391'), await adas('+392')];
    const bobs = await adas('+393');
    await store.transferInteraction({ interactionId: bobs, to: { agent: bob } }, noon, true);
    const release = { queueIds: ['q2'], agent: 'ada' };
    assert.deepEqual((await store.releaseInteractions(release, noon, true)).offersOf, []);
    const gone = await store.releaseInteractions({ ...release, queueIds: ['q1'] }, noon, true);
    assert.deepEqual(gone.offersOf, ['q1']);
    assert.deepEqual(
      gone.conversations?.map(({ interactionId }) => interactionId).toSorted(),
      ids.toSorted(),
    );
    const offers = await store.offers(['q1']);
    assert.deepEqual(offers.map(({ event }) => event.interaction.id).toSorted(), ids.toSorted());
    assert.deepEqual(
      offers.map(({ rejectedBy }) => rejectedBy),
      [[], []],
    );
    assert.equal((await answer(offers[0]!, ada)).won, true);
  });

  it('closes an interaction that waits after its agent had gone, with its offer', async () => {
    const interactionId = await adas();
    await store.releaseInteractions({ queueIds: ['q1'], agent: 'ada' }, noon, true);
    const closed = await store.closeInteraction({ interactionId, reason: 'flow' }, noon, true);
    assert.equal(closed.events[0]?.event.agent, undefined);
    assert.deepEqual(await store.offers(['q1']), []);
  });
}
