import type { Agent } from '../event/event.ts';
import type { AgentStatus, PageOutcome } from './protocol.ts';

/** The lines of the board that supervisors watch. */
export interface BoardAgent extends Agent {
  readonly connected: boolean;
  readonly status: AgentStatus;
  /** Since when they are so; of one who is not connected, since when they are gone. */
  readonly since: number;
  readonly interactions: number;
}

export interface BoardWaiting {
  readonly interactionId: string;
  readonly contact: string;
  readonly queue: string;
  readonly since: number;
}

export interface BoardShown {
  readonly at: number;
  /** The agent's name. */
  readonly agent: string;
  readonly title: string;
  readonly kind: 'popup' | 'cti';
  readonly outcome: PageOutcome;
}
