import type { Agent, WhatsAppEvent } from '../event/event.ts';
import type { Changes } from './contract.ts';

/** The part of a store's contract by which interactions are put to the agents of a queue. */
export interface OfferStore {
  offers(queueIds: readonly string[]): Promise<readonly Offer[]>;
  /** Starts the clock of an offer, unless it runs already. */
  offerShown(offerId: string, expiresAt: number): Promise<void>;
  /**
   * From now on the offer stands for this agent alone, who may have rejected it before; without one it
   * waits, and no clock runs. False = there is no such offer any more.
   */
  offerTo(offerId: string, turn: OfferTurn | undefined): Promise<boolean>;
  /** Whose turn it was, for those who choose the next one. */
  turns(queueIds: readonly string[]): Promise<readonly Turn[]>;
  /**
   * The first acceptance wins; a later answer gets `won: false` and changes nothing, as does that of
   * somebody for whom the offer does not stand.
   */
  answerOffer(answer: OfferAnswer, handOut: boolean): Promise<Answered>;
}

/** An interaction put to the agents of a queue. `event` is the one that opened or renewed it. */
export interface Offer {
  readonly id: string;
  readonly queueId: string;
  readonly event: WhatsAppEvent;
  readonly createdAt: number;
  readonly expiresAt?: number;
  /** The only one who may answer it. When their time is over they count as having rejected it. */
  readonly offeredTo?: string;
  /** Usernames of those who rejected it. */
  readonly rejectedBy: readonly string[];
  /**
   * It stood for everybody, and nobody took it in its time, which counts as one rejection. It goes on to
   * stand for all without a clock, so that no customer waits unseen and no flow is told of it without end.
   */
  readonly timedOut: boolean;
}

export interface OfferTurn {
  readonly agent: Agent;
  readonly now: number;
  readonly expiresAt: number;
}

/** When an agent last had an offer of a queue to themselves, and last accepted one: no two times are the same. */
export interface Turn {
  readonly queueId: string;
  readonly agent: string;
  readonly offeredAt?: number;
  readonly acceptedAt?: number;
}

export interface OfferAnswer {
  readonly offerId: string;
  /** With it, one who comes too late is told who was first. */
  readonly interactionId?: string;
  readonly agent: Agent;
  readonly answer: 'accepted' | 'rejected';
  /** Why it was rejected. */
  readonly reason?: string;
  /** Everyone the offer stands for: when all have rejected it, it ends. */
  readonly candidates: readonly string[];
  readonly now: number;
}

export interface Answered extends Changes {
  readonly won: boolean;
  /** Who has the interaction instead. */
  readonly takenBy?: Agent;
}
