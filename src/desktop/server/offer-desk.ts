import type { Offer, OfferAnswer } from '../../store/contract.ts';
import type { OfferView } from '../protocol.ts';
import type { Connection } from './connection.ts';
import type { DesktopQueue } from './desktop.ts';
import type { Presence } from './presence.ts';
import { membersOf } from './target.ts';

/** Where offers come from and answers go to. */
export interface OfferSource {
  offers(queueIds: readonly string[]): Promise<readonly Offer[]>;
  offerShown(offerId: string, expiresAt: number): Promise<void>;
  /** Whether the answer counted. */
  answerOffer(answer: OfferAnswer): Promise<boolean>;
}

export interface OfferDeskOptions {
  readonly source: OfferSource;
  /** The queues of this desktop as they are deployed at the moment. */
  readonly queues: () => readonly DesktopQueue[];
  /** Usernames of the desktop's agents. */
  readonly agents: readonly string[];
  readonly presence: Presence;
  readonly now: () => number;
}

/** Puts interactions to the agents of their queue, to everyone at once: the first who accepts has it. */
export interface OfferDesk {
  /** Tells the given connections, else all, what stands for them now. */
  refresh(connections?: readonly Connection[]): Promise<void>;
  answer(connection: Connection, offerId: string, answer: OfferAnswer['answer']): Promise<void>;
  /** Who rejected the standing offer of an interaction; undefined = none stands. */
  rejectedBy(interactionId: string): Promise<readonly string[] | undefined>;
}

export function createOfferDesk(options: OfferDeskOptions): OfferDesk {
  const { source, presence, now } = options;
  let turn: Promise<unknown> = Promise.resolve();
  let next: Promise<void> | undefined;

  /** One after the other, so that nobody gets an older list after a newer one. */
  function inTurn(task: () => Promise<void>): Promise<void> {
    const mine = turn.then(task);
    turn = mine.catch(() => undefined);
    return mine;
  }

  function standing(): Promise<readonly Offer[]> {
    const ids = options.queues().map(({ id }) => id);
    return ids.length > 0 ? source.offers(ids) : Promise.resolve([]);
  }

  function queueOf(offer: Offer): DesktopQueue | undefined {
    return options.queues().find(({ id }) => id === offer.queueId);
  }

  function candidates(queue: DesktopQueue): readonly string[] {
    const present = presence.usernames();
    return membersOf(queue, options.agents).filter((name) => present.includes(name));
  }

  async function tell(connections: readonly Connection[]): Promise<void> {
    const offers = await standing();
    const shown = await Promise.all(offers.map((offer) => show(offer)));
    for (const connection of connections) {
      const { username } = connection.agent;
      const own = shown.filter((entry) => entry?.agents.includes(username));
      connection.send({ type: 'offers', offers: own.flatMap((entry) => entry?.view ?? []) });
    }
  }

  /** The clock of an offer starts when it is first shown to somebody. */
  async function show(offer: Offer) {
    const queue = queueOf(offer);
    if (!queue) return undefined;
    const agents = candidates(queue).filter((name) => !offer.rejectedBy.includes(name));
    const expiresAt = offer.expiresAt ?? now() + queue.timeout * 1000;
    if (agents.length > 0 && offer.expiresAt === undefined) {
      await source.offerShown(offer.id, expiresAt);
    }
    return { agents, view: viewOf(offer, queue, expiresAt) };
  }

  /** Changes come in bursts: those that find a refresh still waiting for its turn need no other. */
  function refreshAll(): Promise<void> {
    next ??= inTurn(() => {
      next = undefined;
      return tell(presence.all());
    });
    return next;
  }

  return {
    refresh: (connections) => (connections ? inTurn(() => tell(connections)) : refreshAll()),

    async answer(connection, offerId, answer) {
      const { username, name } = connection.agent;
      await inTurn(async () => {
        const offer = (await standing()).find(({ id }) => id === offerId);
        const queue = offer && queueOf(offer);
        const members = queue ? candidates(queue) : [];
        const agent = { username, name };
        const given = { offerId, agent, answer, candidates: members, now: now() };
        const won = members.includes(username) && (await source.answerOffer(given));
        connection.send({ type: 'answered', offerId, won });
      });
      await refreshAll();
    },

    async rejectedBy(interactionId) {
      const offers = await standing();
      return offers.find(({ event }) => event.interaction.id === interactionId)?.rejectedBy;
    },
  };
}

function viewOf(offer: Offer, queue: DesktopQueue, expiresAt: number): OfferView {
  const { account, contact, message } = offer.event;
  const known = [contact.name, contact.phone, contact.username, contact.userId];
  const [title = contact.id, detail = ''] = known.filter(
    (text) => text !== undefined && text !== '',
  );
  return {
    id: offer.id,
    contact: title,
    detail,
    account: account.name,
    queue: queue.name,
    text: message?.text ?? '',
    createdAt: offer.createdAt,
    expiresAt,
  };
}
