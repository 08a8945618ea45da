import type { OpenInteraction } from '../../store/conversations.ts';
import type { Offer, OfferAnswer, OfferTurn, Turn } from '../../store/offers.ts';
import type { Connection } from './connection.ts';
import type { DesktopAgent, DesktopQueue } from './desktop.ts';
import { createOfferPlaces, type Placing } from './offer-places.ts';
import { type Placed, tellOffers } from './offer-telling.ts';
import type { Presence } from './presence.ts';
import { createRota } from './rota.ts';
import { membersOf } from './target.ts';

/** Where offers come from and answers go to. */
export interface OfferSource {
  offers(queueIds: readonly string[]): Promise<readonly Offer[]>;
  offerShown(offerId: string, expiresAt: number): Promise<void>;
  /** False = there is no such offer any more. */
  offerTo(offerId: string, turn: OfferTurn | undefined): Promise<boolean>;
  turns(queueIds: readonly string[]): Promise<readonly Turn[]>;
  answerOffer(answer: OfferAnswer): Promise<Settled>;
  openInteraction(interactionId: string): Promise<OpenInteraction | undefined>;
}

/** Whether an answer counted, and what it won, else the name of who has the interaction. */
export interface Settled {
  readonly won: boolean;
  readonly interactionId?: string;
  readonly by?: string;
}

export interface OfferDeskOptions {
  readonly source: OfferSource;
  /** The queues of this desktop as they are deployed at the moment. */
  readonly queues: () => readonly DesktopQueue[];
  readonly agents: readonly DesktopAgent[];
  readonly presence: Presence;
  /** Whether an agent is there and wants to be offered something. */
  readonly isReady: (username: string) => boolean;
  /** Whether they were ready until a moment ago: a page that is loaded anew loses no turn. */
  readonly isBack: (username: string) => boolean;
  readonly now: () => number;
}

/** Puts interactions to the agents of their queue by its strategy: the first who accepts has it. */
export interface OfferDesk {
  /** Tells the given connections, else all, what stands for them now. */
  refresh(connections?: readonly Connection[]): Promise<void>;
  answer(connection: Connection, offerId: string, answer: OfferAnswer['answer']): Promise<void>;
  /** Undefined = no offer of this interaction stands. */
  standingFor(interactionId: string): Promise<Standing | undefined>;
  /** Their contacts have written again: whoever did not want to see the offers of these is asked again. */
  renewed(interactionIds: ReadonlySet<string>): Promise<void>;
}

/** Usernames of those who see an offer at the moment, and of those who rejected it. */
export interface Standing {
  readonly agents: readonly string[];
  readonly rejectedBy: readonly string[];
}

const mostKnown = 1_000;
/** Offers that one agent sees at a time, the oldest: for the others no clock runs yet. */
const mostSeen = 50;

export function createOfferDesk(options: OfferDeskOptions): OfferDesk {
  const { source, presence, now, isReady } = options;
  const usernames = options.agents.map(({ username }) => username);
  const places = createOfferPlaces({ ...options, readyOf: withRoom });
  /** How many offers each agent sees, and who is ready by queue, while offers are being placed. */
  const seen = new Map<string, number>();
  const ready = new Map<string, readonly string[]>();
  /** The interactions of the offers that were told: an answer may come when its offer is gone. */
  const known = new Map<string, string>();
  let turn: Promise<unknown> = Promise.resolve();
  let next: Promise<void> | undefined;

  /** One after the other, so that nobody gets an older list after a newer one. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
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

  function readyOf(queue: DesktopQueue): readonly string[] {
    return membersOf(queue, usernames).filter(isReady);
  }

  function withRoom(queue: DesktopQueue): readonly string[] {
    const all = ready.get(queue.id) ?? readyOf(queue);
    ready.set(queue.id, all);
    return all.filter((username) => (seen.get(username) ?? 0) < mostSeen);
  }

  /** Whom an offer goes to decides whose turn the next one is; the store is told of all at once. */
  async function place(): Promise<readonly Placed[]> {
    const offers = await standing();
    const rota = createRota(await turnsFor(offers));
    places.forgetOthers(offers);
    seen.clear();
    ready.clear();
    const placings: Placing[] = [];
    for (const offer of offers) {
      const queue = queueOf(offer);
      if (!queue) continue;
      const placing = places.place(offer, queue, rota);
      placings.push(placing);
      for (const username of placing.agents) seen.set(username, (seen.get(username) ?? 0) + 1);
      remember(offer);
    }
    const kept = await Promise.all(placings.map((placing) => placing.kept));
    return placings.filter((_, at) => kept[at]);
  }

  async function turnsFor(offers: readonly Offer[]): Promise<readonly Turn[]> {
    const wanted = new Set(offers.map(({ queueId }) => queueId));
    const ids = options
      .queues()
      .filter(({ id, strategy }) => wanted.has(id) && strategy !== 'everyone')
      .map(({ id }) => id);
    return ids.length > 0 ? source.turns(ids) : [];
  }

  function remember({ id, event }: Offer): void {
    known.set(id, event.interaction.id);
    const [oldest] = known.keys();
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
  }

  async function tell(connections?: readonly Connection[]): Promise<void> {
    const placed = await place();
    tellOffers(connections ?? presence.all(), placed);
  }

  /** Changes come in bursts: those that find a refresh still waiting for its turn need no other. */
  function refreshAll(): Promise<void> {
    next ??= inTurn(() => {
      next = undefined;
      return tell();
    });
    return next;
  }

  async function settle(
    { username, name }: DesktopAgent,
    offerId: string,
    answer: OfferAnswer['answer'],
  ): Promise<Settled> {
    const offer = (await standing()).find(({ id }) => id === offerId);
    const queue = offer && queueOf(offer);
    const interactionId = known.get(offerId);
    if (!offer || !queue) return { won: false, ...(await takenBy(interactionId)) };
    const candidates = readyOf(queue);
    if (!candidates.includes(username)) return { won: false };
    const given = { offerId, agent: { username, name }, answer, candidates, now: now() };
    if (!(await places.prepare(offer, queue, given))) return { won: true };
    const { id } = offer.event.interaction;
    const settled = await source.answerOffer({ ...given, interactionId: id });
    return settled.won && answer === 'accepted' ? { won: true, interactionId: id } : settled;
  }

  async function takenBy(interactionId: string | undefined): Promise<{ readonly by?: string }> {
    const open = interactionId && (await source.openInteraction(interactionId));
    return open && open.agent ? { by: open.agent.name } : {};
  }

  return {
    refresh: (connections) => (connections ? inTurn(() => tell(connections)) : refreshAll()),

    async answer(connection, offerId, answer) {
      const settled = await inTurn(() => settle(connection.agent, offerId, answer));
      connection.send({ type: 'answered', offerId, ...settled });
      await refreshAll();
    },

    async standingFor(interactionId) {
      const placed = await inTurn(place);
      const found = placed.find(({ offer }) => offer.event.interaction.id === interactionId);
      return found && { agents: found.agents, rejectedBy: found.offer.rejectedBy };
    },

    async renewed(interactionIds) {
      const isMeant = (offerId: string): boolean => interactionIds.has(known.get(offerId) ?? '');
      if (places.askAgain(isMeant)) await refreshAll();
    },
  };
}
