import { createHash, randomBytes } from 'node:crypto';
import type { Grounds, SignOnWay } from './access.ts';

export interface Session {
  /** Names the session among ours, for as long as it lasts; it opens nothing. */
  readonly key: string;
  readonly username: string;
  readonly way: SignOnWay;
}

/** Who is logged in to one desktop. Outlives a redeploy; times are milliseconds of a clock that nobody sets. */
export interface Sessions {
  /** A new session; the answer is the secret id for the cookie. */
  start(username: string, grounds: Grounds, now: number): string;
  /** The session of an id, which counts as a sign of life. */
  find(id: string, now: number): Session | undefined;
  /**
   * A new id for the session when the given one has served long enough. The given one ends a minute after
   * the new one is first used: an answer that got lost, or another tab, still finds its way.
   */
  renew(id: string, now: number): string | undefined;
  /** Whether a session stands, without being a sign of life. */
  stands(key: string, now: number): boolean;
  /** While a channel is open its session is not idle. */
  channelOpened(key: string): void;
  channelClosed(key: string, now: number): void;
  end(key: string, how?: SessionEnd): void;
  /** Ends every session that rests on none of the grounds its agent has now. */
  keep(groundsOf: (username: string) => readonly Grounds[]): void;
  /** Told of every session that has ended, however; the answer stops it. */
  onEnd(listener: (key: string, how: SessionEnd) => void): () => void;
}

/** `left`: its agent has logged out. */
export type SessionEnd = 'left' | 'over';

interface Entry {
  readonly key: string;
  readonly username: string;
  readonly grounds: Grounds;
  readonly startedAt: number;
  /** Hashes: a leak of what we keep must not be a leak of what opens the door. */
  current: string;
  currentSince: number;
  previous: { readonly hash: string; until: number } | undefined;
  seenAt: number;
  channels: number;
}

const idleLimit = 30 * 60_000;
const absoluteLimit = 12 * 60 * 60_000;
const renewAfter = 15 * 60_000;
const overlap = 60_000;
/** Sessions that an agent may have at a time. */
export const mostPerAgent = 20;

export function createSessions(): Sessions {
  const entries = new Map<string, Entry>();
  /** Entries by the hash of an id. */
  const ids = new Map<string, Entry>();
  const listeners = new Set<(key: string, how: SessionEnd) => void>();

  function end(entry: Entry, how: SessionEnd = 'over'): void {
    if (!entries.delete(entry.key)) return;
    ids.delete(entry.current);
    if (entry.previous) ids.delete(entry.previous.hash);
    for (const listener of listeners) listener(entry.key, how);
  }

  function standing(entry: Entry | undefined, now: number): Entry | undefined {
    if (!entry || !expired(entry, now)) return entry;
    end(entry);
    return undefined;
  }

  function makeRoom(username: string, now: number): void {
    for (const entry of entries.values()) standing(entry, now);
    const own = [...entries.values()].filter((entry) => entry.username === username);
    for (const entry of own.slice(0, Math.max(0, own.length - mostPerAgent + 1))) end(entry);
  }

  function byId(id: string, now: number): Entry | undefined {
    const hash = hashOf(id);
    const entry = standing(ids.get(hash), now);
    const { previous } = entry ?? {};
    if (!entry || !previous) return entry;
    if (hash !== previous.hash) previous.until = Math.min(previous.until, now + overlap);
    else if (now > previous.until) return undefined;
    return entry;
  }

  return {
    start(username, grounds, now) {
      makeRoom(username, now);
      const id = newSecret();
      const entry: Entry = {
        key: newSecret(),
        username,
        grounds,
        startedAt: now,
        current: hashOf(id),
        currentSince: now,
        previous: undefined,
        seenAt: now,
        channels: 0,
      };
      entries.set(entry.key, entry);
      ids.set(entry.current, entry);
      return id;
    },
    find(id, now) {
      const entry = byId(id, now);
      if (!entry) return undefined;
      entry.seenAt = now;
      return { key: entry.key, username: entry.username, way: entry.grounds.way };
    },
    renew(id, now) {
      const entry = byId(id, now);
      const due = entry?.current === hashOf(id) && now - entry.currentSince >= renewAfter;
      if (!entry || !due) return undefined;
      if (entry.previous) ids.delete(entry.previous.hash);
      entry.previous = { hash: entry.current, until: Infinity };
      const next = newSecret();
      entry.current = hashOf(next);
      entry.currentSince = now;
      ids.set(entry.current, entry);
      return next;
    },
    stands: (key, now) => standing(entries.get(key), now) !== undefined,
    channelOpened(key) {
      const entry = entries.get(key);
      if (entry) entry.channels += 1;
    },
    channelClosed(key, now) {
      const entry = entries.get(key);
      if (!entry) return;
      entry.channels -= 1;
      entry.seenAt = now;
    },
    end(key, how) {
      const entry = entries.get(key);
      if (entry) end(entry, how);
    },
    keep(groundsOf) {
      for (const entry of entries.values()) {
        const rests = groundsOf(entry.username).some((grounds) => same(grounds, entry.grounds));
        if (!rests) end(entry);
      }
    },
    onEnd(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function expired(entry: Entry, now: number): boolean {
  const idle = entry.channels === 0 && now - entry.seenAt > idleLimit;
  return idle || now - entry.startedAt > absoluteLimit;
}

function same(one: Grounds, other: Grounds): boolean {
  return one.way === other.way && one.proof === other.proof;
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
