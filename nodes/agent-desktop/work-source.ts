import type { WorkSource } from '../../src/desktop/server/agent-work.ts';
import type { Settled } from '../../src/desktop/server/offer-desk.ts';
import type { OpenInteraction } from '../../src/store/conversations.ts';
import type { Found } from '../../src/store/interaction-store.ts';
import type { OfferAnswer } from '../../src/store/offers.ts';
import type { House } from '../shared/house.ts';

type Inbox = House['inboxes'] extends ReadonlySet<infer Item> ? Item : never;

/**
 * The offers and interactions of every store in use as one source: an account may keep its
 * interactions in another store than the one where the desktop keeps its pages.
 */
export function workOfHouse({ inboxes }: House): WorkSource {
  let offerHomes = new Map<string, Inbox>();

  async function everywhere<T>(ask: (inbox: Inbox) => Promise<readonly T[]>): Promise<T[]> {
    const lists = await Promise.all([...inboxes].map(ask));
    return lists.flat();
  }

  async function find(
    id: string,
  ): Promise<{ readonly inbox: Inbox; readonly open: OpenInteraction } | undefined> {
    for (const inbox of inboxes) {
      const open = await inbox.store.openInteraction(id);
      if (open) return { inbox, open };
    }
    return undefined;
  }

  async function change(
    id: string,
    command: (store: Inbox['store'], handOut: boolean) => Promise<Found>,
  ): Promise<boolean> {
    const inbox = (await find(id))?.inbox;
    const changes = await inbox?.change((handOut) => command(inbox.store, handOut));
    return changes?.found ?? false;
  }

  return {
    async offers(queueIds) {
      const found = new Map<string, Inbox>();
      const offers = await everywhere(async (inbox) => {
        const own = await inbox.offers(queueIds);
        for (const { id } of own) found.set(id, inbox);
        return own;
      });
      offerHomes = found;
      return offers.sort((one, other) => one.createdAt - other.createdAt);
    },
    offerShown: async (id, expiresAt) => offerHomes.get(id)?.offerShown(id, expiresAt),
    offerTo: async (id, turn) => offerHomes.get(id)?.offerTo(id, turn) ?? false,
    turns: (queueIds) => everywhere(({ store }) => store.turns(queueIds)),
    answerOffer: (answer) => settle(offerHomes.get(answer.offerId), answer),

    async interactionsOf(queueIds, agent) {
      const open = await everywhere(({ store }) => store.interactionsOf(queueIds, agent));
      return open.sort((one, other) => other.lastAt - one.lastAt);
    },
    openInteraction: async (id) => (await find(id))?.open,
    async conversation(id, before, limit) {
      return (await find(id))?.inbox.store.conversation(id, before, limit) ?? [];
    },
    async earlierInteractions(id, limit) {
      return (await find(id))?.inbox.store.earlierInteractions(id, limit) ?? [];
    },
    async earlierConversation(id, earlierId, before, limit) {
      return (await find(id))?.inbox.store.earlierConversation(id, earlierId, before, limit);
    },
    saidIn: async (id, seq) => (await find(id))?.inbox.store.saidIn(id, seq),
    markRead: async (id, seq) => (await find(id))?.inbox.store.markRead(id, seq),
    closeInteraction: (closing) =>
      change(closing.interactionId, (store, handOut) =>
        store.closeInteraction(closing, Date.now(), handOut),
      ),
    transferInteraction: (transfer) =>
      change(transfer.interactionId, (store, handOut) =>
        store.transferInteraction(transfer, Date.now(), handOut),
      ),
    async releaseInteractions(queueIds, agent) {
      const release = { queueIds, agent };
      await everywhere(async (inbox) => {
        await inbox.change((handOut) =>
          inbox.store.releaseInteractions(release, Date.now(), handOut),
        );
        return [];
      });
    },
  };
}

async function settle(home: Inbox | undefined, answer: OfferAnswer): Promise<Settled> {
  const settled = await home?.change((handOut) => home.store.answerOffer(answer, handOut));
  if (!settled) return { won: false };
  const { won, takenBy } = settled;
  return { won, ...(takenBy ? { by: takenBy.name } : {}) };
}
