import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Changes, TriggerStore } from '../../../src/store/contract.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { incoming, noon, policy } from './conformance.ts';

const names = ['ada', 'bob', 'eve'];
const queues = ['q1', 'q2'];
const phones = ['+391', '+392'];
const second = 1_000;

const step = fc.record({
  act: fc.constantFrom(
    'write',
    'put',
    'take back',
    'accept',
    'reject',
    'wait',
    'move',
    'leave',
    'close',
  ),
  agent: fc.constantFrom(...names),
  other: fc.constantFrom(...names, ...queues),
  phone: fc.constantFrom(...phones),
  place: fc.nat(1),
});
type Act = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Whatever agents, flows and the clock do, in whichever order. */
describe('offers by turn', () => {
  const folder = useTempFolder();
  let runs = 0;

  /** Every open interaction is somebody's or on offer or was let go by all, never two of these. */
  async function check(store: TriggerStore): Promise<void> {
    const offers = await store.offers(queues);
    const open = await store.interactionsOf(queues, undefined);
    for (const { id, agent, queue } of open) {
      const own = offers.filter(({ event }) => event.interaction.id === id);
      assert.ok(own.length <= (agent ? 0 : 1), `${own.length} offers of what ${agent?.name} has`);
      own.forEach(({ queueId }) => assert.equal(queueId, queue?.id));
    }
    for (const { event, offeredTo, expiresAt, rejectedBy } of offers) {
      assert.ok(open.some(({ id }) => id === event.interaction.id));
      assert.equal(offeredTo === undefined, expiresAt === undefined);
      assert.ok(offeredTo === undefined || !rejectedBy.includes(offeredTo));
    }
    for (const queue of queues) {
      const turns = await store.turns([queue]);
      const times = turns.flatMap(({ offeredAt }) => offeredAt ?? []);
      assert.equal(new Set(times).size, times.length);
    }
  }

  async function run(store: TriggerStore, acts: readonly Act[]): Promise<void> {
    let now = noon;
    const owners = new Map<string, string | undefined>();
    const note = ({ conversations = [] }: Changes) => {
      for (const { interactionId, agent, closed } of conversations) {
        owners.set(interactionId, closed ? undefined : agent?.username);
      }
    };
    for (const { act, agent, other, phone, place } of acts) {
      now += second;
      const person = { username: agent, name: agent };
      const offer = (await store.offers(queues))[place];
      const interaction = (await store.interactionsOf(queues, undefined))[place];
      const to = queues.includes(other)
        ? { queue: { id: other, name: other } }
        : { agent: { username: other, name: other } };
      if (act === 'write') {
        note(await store.ingest({ facts: [incoming(phone)], receivedAt: now }, true));
      } else if (act === 'wait') {
        now += 30 * second;
        note(await store.sweep(now, true));
      } else if (act === 'leave') {
        note(await store.releaseInteractions({ queueIds: queues, agent }, now, true));
      } else if (act === 'put' && offer) {
        await store.offerTo(offer.id, { agent: person, now, expiresAt: now + 20 * second });
      } else if (act === 'take back' && offer) await store.offerTo(offer.id, undefined);
      else if ((act === 'accept' || act === 'reject') && offer) {
        const told = await store.answerOffer(
          { offerId: offer.id, agent: person, answer: `${act}ed`, candidates: names, now },
          true,
        );
        note(told);
        const isFree = [undefined, agent].includes(offer.offeredTo);
        assert.equal(told.won, isFree && !offer.rejectedBy.includes(agent));
        assert.equal(told.events.length, told.won ? 1 : 0);
      } else if (act === 'move' && interaction) {
        note(await store.transferInteraction({ interactionId: interaction.id, to }, now, true));
      } else if (act === 'close' && interaction) {
        note(
          await store.closeInteraction({ interactionId: interaction.id, reason: '' }, now, true),
        );
      }
      await check(store);
    }
    for (const { id, agent } of await store.interactionsOf(queues, undefined)) {
      assert.equal(agent?.username, owners.get(id), 'what was told is not what is kept');
    }
  }

  it('give each interaction to one at most, and tell so', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (acts) => {
        runs += 1;
        const file = join(folder(), `${runs}.sqlite`);
        const store = await openEmbeddedStore({ file, retentionDays: 30 });
        await store.setPolicy(policy);
        await run(store, acts);
        await store.close();
      }),
      { numRuns: 12 },
    );
  }).timeout(30_000);
});
