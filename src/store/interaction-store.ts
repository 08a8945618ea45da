import type { Agent } from '../event/event.ts';
import type { Changes, QueuePolicy } from './contract.ts';

/** The part of a store's contract by which flows and agents act on an interaction. */
export interface InteractionStore {
  /** Ends it, its offer and the pages that wait because of it. */
  closeInteraction(closing: Closing, now: number, handOut: boolean): Promise<Found>;
  /** Makes it the agent's: its offer ends. No event tells it, the ones that follow carry the agent. */
  assignInteraction(assignment: Assignment, now: number, handOut: boolean): Promise<Found>;
  /**
   * Passes it on: to an agent, whose it is then, or to a queue, where it is offered anew, but not to
   * the one who had it. No event tells it.
   */
  transferInteraction(transfer: Transfer, now: number, handOut: boolean): Promise<Found>;
  /** Takes the interactions of these queues from an agent who is gone, and offers them again. */
  releaseInteractions(release: Release, now: number, handOut: boolean): Promise<Changes>;
  /**
   * Adds to what its events carry until it closes. Answers all that it has now; undefined = no
   * interaction of this id is open.
   */
  setVariables(
    interactionId: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, string>> | undefined>;
}

export interface Closing {
  readonly interactionId: string;
  readonly reason: string;
  /** Who closed it. */
  readonly agent?: Agent;
}

export interface Assignment {
  readonly interactionId: string;
  readonly agent: Agent;
}

export interface Transfer {
  readonly interactionId: string;
  /** Username: only if it is this agent's. */
  readonly from?: string;
  readonly to: { readonly agent: Agent } | { readonly queue: QueuePolicy };
}

export interface Release {
  readonly queueIds: readonly string[];
  /** Username. */
  readonly agent: string;
}

export interface Found extends Changes {
  /** Whether an interaction of this id was open, and the one's that it had to be. */
  readonly found: boolean;
}
