import assert from 'node:assert/strict';
import type { DesktopQueue } from '../../../src/desktop/server/desktop.ts';
import { createOfferPlaces } from '../../../src/desktop/server/offer-places.ts';
import { createRota } from '../../../src/desktop/server/rota.ts';
import type { OfferSource } from '../../../src/desktop/server/offer-desk.ts';
import type { Offer } from '../../../src/store/offers.ts';

const queue: DesktopQueue = {
  id: 'sales',
  name: 'Sales',
  desktopId: 'desktop',
  strategy: 'everyone',
  timeout: 30,
  agents: [],
};

function offer(more: Partial<Offer>): Offer {
  const event = { account: { name: 'Shop' }, contact: { id: 'c' }, interaction: { id: 'i' } };
  return {
    id: 'offer',
    queueId: 'sales',
    event: event as Offer['event'],
    createdAt: 0,
    rejectedBy: [],
    timedOut: false,
    ...more,
  };
}

describe('the places of offers', () => {
  /** Places the offer while the clock shows 1,000. */
  async function place(ready: readonly string[], one: Offer) {
    const clocks: (number | undefined)[] = [];
    const source: Pick<OfferSource, 'offerShown' | 'offerTo'> = {
      offerShown: async (_, expiresAt) => void clocks.push(expiresAt),
      offerTo: async (_, turn) => {
        clocks.push(turn?.expiresAt);
        return true;
      },
    };
    const places = createOfferPlaces({
      source: source as OfferSource,
      agents: [],
      readyOf: () => ready,
      isReady: () => true,
      isBack: () => false,
      now: () => 1_000,
    });
    const { agents, kept } = places.place(one, queue, createRota([]));
    assert.equal(await kept, true);
    return { agents, clocks };
  }

  it('start the clock of everybody’s offer also when all who are ready have rejected it', async () => {
    const placed = await place(['anna'], offer({ rejectedBy: ['anna'] }));
    assert.deepEqual(placed, { agents: [], clocks: [31_000] });
  });

  it('let the clock of everybody’s offer run that has begun', async () => {
    const placed = await place(['anna'], offer({ rejectedBy: ['anna'], expiresAt: 5_000 }));
    assert.deepEqual(placed, { agents: [], clocks: [] });
  });

  it('stop the clock of an offer while nobody is ready', async () => {
    const placed = await place([], offer({ expiresAt: 5_000 }));
    assert.deepEqual(placed, { agents: [], clocks: [undefined] });
  });
});
