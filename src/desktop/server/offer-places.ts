import type { Offer, OfferAnswer } from '../../store/offers.ts';
import type { DesktopQueue } from './desktop.ts';
import type { OfferDeskOptions } from './offer-desk.ts';
import type { Placed } from './offer-telling.ts';
import { nextInTurn } from './turn.ts';
import { offerView } from './views.ts';

export interface OfferPlacesOptions extends Omit<OfferDeskOptions, 'queues' | 'presence'> {
  /** The agents of a queue who are ready. */
  readonly readyOf: (queue: DesktopQueue) => readonly string[];
}

/**
 * Whom each offer stands for. In turn, an offer is one agent's until they answer or its time is over.
 * When everyone who is ready has had their turn it stands for all of them, without a clock: nobody's
 * customer waits unseen, and no flow is told of rejections without end.
 */
export interface OfferPlaces {
  /** Undefined = it has just ended. */
  place(offer: Offer, queue: DesktopQueue): Promise<Placed | undefined>;
  /** Makes ready for an answer; false = it is dealt with. */
  prepare(offer: Offer, queue: DesktopQueue, answer: OfferAnswer): Promise<boolean>;
  forgetOthers(offers: readonly Offer[]): void;
}

export function createOfferPlaces(options: OfferPlacesOptions): OfferPlaces {
  const { source, agents, readyOf, isBack, now } = options;
  /** Who does not want to see an offer of everybody's any more. */
  const declined = new Map<string, Set<string>>();

  /** The clock of an offer starts when it is first shown to somebody. */
  async function toEveryone(offer: Offer, queue: DesktopQueue): Promise<Placed> {
    // The queue had another strategy before.
    if (offer.offeredTo !== undefined) await source.offerTo(offer.id, undefined);
    const to = readyOf(queue).filter((name) => !offer.rejectedBy.includes(name));
    const begun = offer.offeredTo === undefined ? offer.expiresAt : undefined;
    const expiresAt = begun ?? now() + queue.timeout * 1000;
    if (to.length > 0 && begun === undefined) await source.offerShown(offer.id, expiresAt);
    return { offer, agents: to, view: offerView(offer, queue, expiresAt) };
  }

  async function inTurn(offer: Offer, queue: DesktopQueue): Promise<Placed | undefined> {
    const { offeredTo, expiresAt } = offer;
    const ready = readyOf(queue);
    if (offeredTo !== undefined && (ready.includes(offeredTo) || isBack(offeredTo))) {
      const view = offerView(offer, queue, expiresAt);
      return { offer, agents: [offeredTo], onlyFor: offeredTo, view };
    }
    const fresh = ready.filter((name) => !offer.rejectedBy.includes(name));
    return fresh.length > 0 ? toNext(offer, queue, fresh) : letWait(offer, queue, ready);
  }

  async function toNext(offer: Offer, queue: DesktopQueue, fresh: readonly string[]) {
    const { strategy } = queue;
    if (strategy === 'everyone') return undefined;
    const next = nextInTurn(strategy, fresh, await source.turns([queue.id])) ?? '';
    const expiresAt = now() + queue.timeout * 1000;
    const agent = { username: next, name: nameOf(next) };
    if (!(await source.offerTo(offer.id, { agent, now: now(), expiresAt }))) return undefined;
    return { offer, agents: [next], onlyFor: next, view: offerView(offer, queue, expiresAt) };
  }

  async function letWait(offer: Offer, queue: DesktopQueue, ready: readonly string[]) {
    const isTimed = offer.offeredTo !== undefined || offer.expiresAt !== undefined;
    if (isTimed && !(await source.offerTo(offer.id, undefined))) return undefined;
    const to = ready.filter((name) => !declined.get(offer.id)?.has(name));
    return { offer, agents: to, view: offerView(offer, queue) };
  }

  function nameOf(username: string): string {
    return agents.find((agent) => agent.username === username)?.name ?? username;
  }

  return {
    place: (offer, queue) =>
      queue.strategy === 'everyone' ? toEveryone(offer, queue) : inTurn(offer, queue),

    async prepare(offer, queue, { agent, answer }) {
      const late = offer.offeredTo === undefined && offer.rejectedBy.includes(agent.username);
      if (queue.strategy === 'everyone' || !late) return true;
      if (answer === 'rejected') {
        const names = declined.get(offer.id) ?? new Set();
        declined.set(offer.id, names.add(agent.username));
        return false;
      }
      // Their turn is over, but nobody else wanted it: now they do.
      const expiresAt = now() + queue.timeout * 1000;
      return source.offerTo(offer.id, { agent, now: now(), expiresAt }).then(() => true);
    },

    forgetOthers(offers) {
      if (declined.size === 0) return;
      const standing = new Set(offers.map(({ id }) => id));
      for (const id of declined.keys()) if (!standing.has(id)) declined.delete(id);
    },
  };
}
