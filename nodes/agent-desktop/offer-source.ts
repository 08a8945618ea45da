import type { OfferSource } from '../../src/desktop/server/offer-desk.ts';
import type { House } from '../shared/house.ts';

type Inbox = House['inboxes'] extends ReadonlySet<infer Item> ? Item : never;

/**
 * The offers of every store in use as one source: an account may keep its interactions in another
 * store than the one where the desktop keeps its pages.
 */
export function offersOfHouse({ inboxes }: House): OfferSource {
  let homes = new Map<string, Inbox>();
  return {
    async offers(queueIds) {
      const found = new Map<string, Inbox>();
      const lists = await Promise.all(
        [...inboxes].map(async (inbox) => {
          const offers = await inbox.offers(queueIds);
          for (const { id } of offers) found.set(id, inbox);
          return offers;
        }),
      );
      homes = found;
      return lists.flat().sort((one, other) => one.createdAt - other.createdAt);
    },
    offerShown: async (offerId, expiresAt) => homes.get(offerId)?.offerShown(offerId, expiresAt),
    async answerOffer(answer) {
      const home = homes.get(answer.offerId);
      const changes = await home?.change((handOut) => home.store.answerOffer(answer, handOut));
      return changes?.won ?? false;
    },
  };
}
