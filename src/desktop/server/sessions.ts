import { createHash, randomBytes } from 'node:crypto';

export interface Session {
  /** Names the session among ours; only its owner knows the id that it is the hash of. */
  readonly key: string;
  readonly username: string;
}

/** Who is logged in to one desktop. Outlives a redeploy; times are milliseconds. */
export interface Sessions {
  /** A new session; the answer is the secret id for the cookie. */
  start(username: string, passwordHash: string, now: number): string;
  /** The session of an id, which counts as a sign of life. */
  find(id: string, now: number): Session | undefined;
  /** Whether a session stands, without being a sign of life. */
  stands(key: string, now: number): boolean;
  /** While a channel is open its session is not idle. */
  channelOpened(key: string): void;
  channelClosed(key: string, now: number): void;
  end(key: string): void;
  /** Ends the sessions of agents who are gone or have a new password; `hashOf` tells the present one. */
  keep(hashOf: (username: string) => string | undefined): void;
}

interface Entry {
  readonly username: string;
  readonly passwordHash: string;
  readonly startedAt: number;
  seenAt: number;
  channels: number;
}

const idleLimit = 30 * 60_000;
const absoluteLimit = 12 * 60 * 60_000;
const mostPerAgent = 20;

export function createSessions(): Sessions {
  const entries = new Map<string, Entry>();

  function standing(key: string, now: number): Entry | undefined {
    const entry = entries.get(key);
    if (entry && !expired(entry, now)) return entry;
    entries.delete(key);
    return undefined;
  }

  function makeRoom(username: string, now: number): void {
    for (const [key, entry] of entries) if (expired(entry, now)) entries.delete(key);
    const own = [...entries].filter(([, entry]) => entry.username === username);
    for (const [key] of own.slice(0, Math.max(0, own.length - mostPerAgent + 1))) {
      entries.delete(key);
    }
  }

  return {
    start(username, passwordHash, now) {
      makeRoom(username, now);
      const id = randomBytes(32).toString('base64url');
      const entry = { username, passwordHash, startedAt: now, seenAt: now, channels: 0 };
      entries.set(keyOf(id), entry);
      return id;
    },
    find(id, now) {
      const key = keyOf(id);
      const entry = standing(key, now);
      if (!entry) return undefined;
      entry.seenAt = now;
      return { key, username: entry.username };
    },
    stands: (key, now) => standing(key, now) !== undefined,
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
    end(key) {
      entries.delete(key);
    },
    keep(hashOf) {
      for (const [key, entry] of entries) {
        if (hashOf(entry.username) !== entry.passwordHash) entries.delete(key);
      }
    },
  };
}

function expired(entry: Entry, now: number): boolean {
  const idle = entry.channels === 0 && now - entry.seenAt > idleLimit;
  return idle || now - entry.startedAt > absoluteLimit;
}

/** A leak of what we keep must not be a leak of what opens the door. */
function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
