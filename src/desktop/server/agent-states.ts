import type { AgentStatus } from '../protocol.ts';
import { mostPerAgent } from './sessions.ts';

/** What is known of an agent beside the connections; times are milliseconds since 1970. */
export interface AgentState {
  readonly status: AgentStatus;
  readonly since: number;
  /** Since when no page of theirs is connected; undefined = one is. */
  readonly goneSince?: number;
}

/** The states of one desktop's agents. Outlives a redeploy, after which everybody comes again. */
export interface AgentStates {
  /** Of somebody who was never seen: paused since the desktop is there. */
  of(username: string): AgentState;
  /** Milliseconds without a page, by a clock that nobody sets; undefined = one is connected. */
  goneFor(username: string): number | undefined;
  set(username: string, status: AgentStatus, now: number): void;
  /** A page of theirs is there. Who was gone and has logged in anew begins as the desktop says. */
  came(username: string, sessionKey: string, startAs: AgentStatus, now: number): void;
  left(username: string, now: number): void;
}

interface Entry {
  status: AgentStatus;
  since: number;
  goneSince: number | undefined;
  /** By the clock that nobody sets. */
  leftAt: number | undefined;
  /** The sessions of the pages that were there, the latest last. */
  sessionKeys: readonly string[];
}

export function createAgentStates(
  begunAt: number,
  clock: () => number = () => performance.now(),
): AgentStates {
  const beganAt = clock();
  const entries = new Map<string, Entry>();

  function entryOf(username: string): Entry {
    const known = entries.get(username);
    if (known) return known;
    return {
      status: 'paused',
      since: begunAt,
      goneSince: begunAt,
      leftAt: beganAt,
      sessionKeys: [],
    };
  }

  return {
    of(username) {
      const { status, since, goneSince } = entryOf(username);
      return { status, since, ...(goneSince === undefined ? {} : { goneSince }) };
    },
    goneFor(username) {
      const { leftAt } = entryOf(username);
      return leftAt === undefined ? undefined : clock() - leftAt;
    },
    set(username, status, now) {
      const entry = entryOf(username);
      if (entry.status !== status) entries.set(username, { ...entry, status, since: now });
    },
    came(username, sessionKey, startAs, now) {
      const entry = entryOf(username);
      const others = entry.sessionKeys.filter((key) => key !== sessionKey);
      const isKnown = others.length < entry.sessionKeys.length;
      const isNew = entry.goneSince !== undefined && !isKnown;
      const begun = isNew ? { status: startAs, since: now } : {};
      const sessionKeys = [...others, sessionKey].slice(-mostPerAgent);
      const there = { goneSince: undefined, leftAt: undefined, sessionKeys };
      entries.set(username, { ...entry, ...begun, ...there });
    },
    left(username, now) {
      entries.set(username, { ...entryOf(username), goneSince: now, leftAt: clock() });
    },
  };
}
