import type { Account, Agent, Contact, DeliveryStatus, Message } from '../event/event.ts';
import type { QueuePolicy } from './contract.ts';

/**
 * The part of a store's contract that agents read. Conversations are kept for accounts with a queue,
 * in the same transaction as their events, and for as long as the retention lasts.
 */
export interface ConversationStore {
  /** Up to `limit` messages before the given one, else the latest, the newest last. */
  conversation(
    interactionId: string,
    before: number | undefined,
    limit: number,
  ): Promise<readonly ConversationMessage[]>;
  /** The open interactions of these queues, the one with the latest message first: the agent's, or all. */
  interactionsOf(
    queueIds: readonly string[],
    agent: string | undefined,
  ): Promise<readonly OpenInteraction[]>;
  /** Undefined = no interaction of this id is open. */
  openInteraction(interactionId: string): Promise<OpenInteraction | undefined>;
  /** What the contact of an open interaction had on the same account before, the latest first. */
  earlierInteractions(interactionId: string, limit: number): Promise<readonly EarlierInteraction[]>;
  /** As `conversation`, of one of those; undefined = it is none of those. */
  earlierConversation(
    interactionId: string,
    earlierId: string,
    before: number | undefined,
    limit: number,
  ): Promise<readonly ConversationMessage[] | undefined>;
  /** A message of an interaction, or of an earlier one as above; `seq` names it. */
  saidIn(interactionId: string, seq: number): Promise<SaidIn | undefined>;
  /** What came up to this message counts as read from now on. */
  markRead(interactionId: string, seq: number): Promise<void>;
}

/** A message as agents see it; without the agent's name where it was written elsewhere than here. */
export interface ConversationMessage extends Message {
  /** The order of commit, which pages of a conversation are told by. */
  readonly seq: number;
  readonly verb: 'incoming' | 'outgoing';
  /** By the provider's clock. */
  readonly at: number;
  /** How far it has come; absent = the provider has it and has told no more. */
  readonly status?: DeliveryStatus;
  readonly errorCode?: string;
  readonly errorText?: string;
}

export interface OpenInteraction {
  readonly id: string;
  readonly account: Account;
  readonly contact: Contact;
  readonly queue?: QueuePolicy;
  /** Absent = it waits for somebody. */
  readonly agent?: Agent;
  /** The group it takes place in. */
  readonly group?: string;
  readonly openedAt: number;
  readonly lastAt: number;
  /** When the contact last wrote or called: from then on 24 hours are free. */
  readonly lastIncomingAt?: number;
  readonly last?: ConversationMessage;
  /** Messages of the contact that nobody has read. */
  readonly unread: number;
}

/** An interaction that is over, as those read it who have to do with its contact again. */
export interface EarlierInteraction {
  readonly id: string;
  readonly openedAt: number;
  readonly closedAt: number;
  /** "" = none was given. */
  readonly reason: string;
  readonly queue: string;
  readonly agent?: Agent;
  /** Absent = nothing of it is kept any more. */
  readonly last?: ConversationMessage;
}

export interface SaidIn {
  /** The id of the whatsapp-account. */
  readonly account: string;
  readonly message: ConversationMessage;
}

/** What changed of an interaction of a queue, for those who look at it. */
export interface ConversationChange {
  readonly interactionId: string;
  readonly queueId: string;
  /** Whose it is now. */
  readonly agent?: Agent;
  /** Where it was, and whose, until this change; `agent` is a username. */
  readonly before?: { readonly queueId: string; readonly agent?: string };
  /** A new one, or one that has come further. */
  readonly said?: SaidIn;
  /** It is over. */
  readonly closed?: { readonly reason: string; readonly agent?: Agent };
}
