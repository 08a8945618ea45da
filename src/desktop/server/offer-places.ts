import type { Offer, OfferAnswer } from '../../store/offers.ts';
import type { DesktopQueue } from './desktop.ts';
import type { OfferDeskOptions } from './offer-desk.ts';
import type { Placed } from './offer-telling.ts';
import type { Rota } from './rota.ts';
import { offerView } from './views.ts';

export interface OfferPlacesOptions extends Omit<OfferDeskOptions, 'queues' | 'presence'> {
  /** The agents of a queue who are ready. */
  readonly readyOf: (queue: DesktopQueue) => readonly string[];
}

/** `kept`: when the store has it; false = the offer has just ended. */
export interface Placing extends Placed {
  readonly kept: Promise<boolean>;
}

const unchanged = Promise.resolve(true);

/**
 * Whom each offer stands for. In turn, an offer is one agent's until they answer or its time is over; with
 * the strategy "everyone" it is all agents', for its time. When that has gone round it stands for all who
 * are ready, without a clock: nobody's customer waits unseen, and no flow is told of rejections without end.
 */
export interface OfferPlaces {
  place(offer: Offer, queue: DesktopQueue, rota: Rota): Placing;
  /** Makes ready for an answer; false = it is dealt with. */
  prepare(offer: Offer, queue: DesktopQueue, answer: OfferAnswer): Promise<boolean>;
  forgetOthers(offers: readonly Offer[]): void;
  /** Who did not want to see these offers any more is asked again; false = nobody had said so. */
  askAgain(isMeant: (offerId: string) => boolean): boolean;
}

export function createOfferPlaces(options: OfferPlacesOptions): OfferPlaces {
  const { source, agents, readyOf, isBack, now } = options;
  /** Who does not want to see an offer of everybody's any more. */
  const declined = new Map<string, Set<string>>();

  /**
   * The clock of an offer starts when somebody is ready, and anew when all were gone. It runs also when
   * all who are ready have rejected it: when its time is over it comes back to them.
   */
  function toEveryone(offer: Offer, queue: DesktopQueue): Placing {
    const ready = readyOf(queue);
    if (offer.timedOut || ready.length === 0) return letWait(offer, queue, ready);
    const to = ready.filter((name) => !offer.rejectedBy.includes(name));
    const begun = offer.offeredTo === undefined ? offer.expiresAt : undefined;
    const expiresAt = begun ?? now() + queue.timeout * 1000;
    const keep = async (): Promise<boolean> => {
      // The queue had another strategy before.
      if (offer.offeredTo !== undefined) await source.offerTo(offer.id, undefined);
      if (begun === undefined) await source.offerShown(offer.id, expiresAt);
      return true;
    };
    return { offer, agents: to, view: offerView(offer, queue, expiresAt), kept: keep() };
  }

  function inTurn(offer: Offer, queue: DesktopQueue, rota: Rota): Placing {
    const { offeredTo, expiresAt } = offer;
    const ready = readyOf(queue);
    if (offeredTo !== undefined && (ready.includes(offeredTo) || isBack(offeredTo))) {
      const view = offerView(offer, queue, expiresAt);
      return { offer, agents: [offeredTo], view, kept: unchanged };
    }
    const fresh = ready.filter((name) => !offer.rejectedBy.includes(name));
    if (fresh.length === 0 || queue.strategy === 'everyone') return letWait(offer, queue, ready);
    return toNext(offer, queue, rota.next(queue.id, queue.strategy, fresh));
  }

  function toNext(offer: Offer, queue: DesktopQueue, next: string): Placing {
    const expiresAt = now() + queue.timeout * 1000;
    const agent = { username: next, name: nameOf(next) };
    const kept = source.offerTo(offer.id, { agent, now: now(), expiresAt });
    return { offer, agents: [next], view: offerView(offer, queue, expiresAt), kept };
  }

  function letWait(offer: Offer, queue: DesktopQueue, ready: readonly string[]): Placing {
    const isTimed = offer.offeredTo !== undefined || offer.expiresAt !== undefined;
    const kept = isTimed ? source.offerTo(offer.id, undefined) : unchanged;
    const to = ready.filter((name) => !declined.get(offer.id)?.has(name));
    return { offer, agents: to, view: offerView(offer, queue), kept };
  }

  function nameOf(username: string): string {
    return agents.find((agent) => agent.username === username)?.name ?? username;
  }

  return {
    place: (offer, queue, rota) =>
      queue.strategy === 'everyone' ? toEveryone(offer, queue) : inTurn(offer, queue, rota),

    async prepare(offer, queue, { agent, answer }) {
      const toEach = queue.strategy === 'everyone';
      const hadIt = toEach ? offer.timedOut : offer.rejectedBy.includes(agent.username);
      if (offer.offeredTo !== undefined || !hadIt) return true;
      if (answer === 'rejected') {
        const names = declined.get(offer.id) ?? new Set();
        declined.set(offer.id, names.add(agent.username));
        return false;
      }
      if (toEach) return true;
      // Their turn is over, but nobody else wanted it: now they do.
      const expiresAt = now() + queue.timeout * 1000;
      return source.offerTo(offer.id, { agent, now: now(), expiresAt }).then(() => true);
    },

    forgetOthers(offers) {
      if (declined.size === 0) return;
      const standing = new Set(offers.map(({ id }) => id));
      for (const id of declined.keys()) if (!standing.has(id)) declined.delete(id);
    },

    askAgain(isMeant) {
      const meant = [...declined.keys()].filter(isMeant);
      for (const id of meant) declined.delete(id);
      return meant.length > 0;
    },
  };
}
