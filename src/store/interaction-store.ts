import type { Agent } from '../event/event.ts';
import type { Changes } from './contract.ts';

/** The part of a store's contract by which flows and agents act on an interaction. */
export interface InteractionStore {
  /** Ends it, its offer and the pages that wait because of it. */
  closeInteraction(closing: Closing, now: number, handOut: boolean): Promise<Found>;
  /** Makes it the agent's: its offer ends. No event tells it, the ones that follow carry the agent. */
  assignInteraction(assignment: Assignment, now: number, handOut: boolean): Promise<Found>;
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

export interface Found extends Changes {
  /** Whether an interaction of this id was open. */
  readonly found: boolean;
}
