import type { PageContent } from '../../store/contract.ts';
import type { WhatsAppEvent } from '../../event/event.ts';

export interface DesktopAgent {
  readonly username: string;
  readonly name: string;
  readonly role: 'agent' | 'supervisor';
}

/** Whom the interactions of a queue are put to: to all at once, or to one after the other. */
export type Strategy = 'everyone' | 'roundRobin' | 'leastRecent';

/** A queue as its desktop sees it. */
export interface DesktopQueue {
  readonly id: string;
  readonly name: string;
  readonly desktopId: string;
  readonly strategy: Strategy;
  /** Seconds that an offer stands. */
  readonly timeout: number;
  /** Usernames; empty = every agent of the desktop. */
  readonly agents: readonly string[];
}

export type Target = 'event' | 'agents' | 'queue' | 'account' | 'all';

/** What an action node asks of a desktop: show this page to those agents. */
export interface PageOrder {
  /** The node that asks: with the interaction it names the page for the rule `repeat`. */
  readonly triggerId: string;
  readonly event?: WhatsAppEvent;
  readonly target: Target;
  /** Usernames, for target "agents". */
  readonly agents: readonly string[];
  readonly repeat: 'once' | 'replace' | 'stack';
  /** Seconds that the page waits for an agent. */
  readonly ttl: number;
  readonly content: PageContent;
}

/** What became of a page when its node went on; `agents` are usernames. */
export interface Receipt {
  readonly id: string;
  readonly status: 'shown' | 'queued' | 'undelivered';
  readonly agents: readonly string[];
  readonly reason?: string;
}
