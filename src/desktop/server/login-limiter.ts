import { isIPv6 } from 'node:net';

/** Slows down guessing, by user name and by address. Times are milliseconds of a clock that nobody sets. */
export interface LoginLimiter {
  /**
   * Counts a try before its password is looked at; answers the seconds to wait, 0 = go ahead. A token
   * is tried without a user name: it names its own only when it is right.
   */
  attempt(username: string | undefined, address: string, now: number): number;
  /** Takes the try back: the password, or the token, was right. */
  succeeded(username: string | undefined, address: string): void;
}

interface Tries {
  tries: number;
  blockedUntil: number;
  lastAt: number;
}

interface Rule {
  /** Tries that cost nothing; the delay doubles with each one beyond. */
  readonly free: number;
  readonly longest: number;
}

/** A whole office may share one address, and one forgetful person must not lock it out. */
const rules = {
  user: { free: 5, longest: 5 * 60_000 },
  address: { free: 25, longest: 15 * 60_000 },
} as const satisfies { [kind: string]: Rule };

const firstDelay = 5_000;
const forgottenAfter = 60 * 60_000;
const mostRecords = 10_000;

export function createLoginLimiter(): LoginLimiter {
  const users = new Map<string, Tries>();
  const addresses = new Map<string, Tries>();
  /**
   * Where each user has logged in before. Tries from there count for themselves, so that a stranger who
   * keeps on guessing shuts out strangers, and not the agent at the usual desk.
   */
  const places = new Map<string, Tries>();
  const known = new Set<string>();

  function recordsOf(username: string, address: string): readonly [Map<string, Tries>, string] {
    const place = placeOf(username, address);
    return known.has(place) ? [places, place] : [users, username];
  }

  return {
    attempt(username, address, now) {
      const user =
        username === undefined ? undefined : recordOf(...recordsOf(username, address), now);
      const from = recordOf(addresses, networkOf(address), now);
      const wait = Math.max(user?.blockedUntil ?? 0, from.blockedUntil) - now;
      if (wait > 0) return Math.ceil(wait / 1000);
      if (user) count(user, rules.user, now);
      count(from, rules.address, now);
      return 0;
    },
    succeeded(username, address) {
      if (username !== undefined) {
        const [records, key] = recordsOf(username, address);
        records.delete(key);
        remember(known, placeOf(username, address));
      }
      const from = addresses.get(networkOf(address));
      if (!from) return;
      from.tries -= 1;
      from.blockedUntil = 0;
    },
  };
}

function count(record: Tries, rule: Rule, now: number): void {
  record.tries += 1;
  record.lastAt = now;
  const beyond = record.tries - rule.free;
  if (beyond >= 0) {
    record.blockedUntil = now + Math.min(rule.longest, firstDelay * 2 ** Math.min(beyond, 20));
  }
}

function placeOf(username: string, address: string): string {
  return JSON.stringify([username, networkOf(address)]);
}

function remember(known: Set<string>, place: string): void {
  known.delete(place);
  known.add(place);
  const [oldest] = known;
  if (known.size > mostRecords && oldest !== undefined) known.delete(oldest);
}

/** The records stay in the order of their last use, so that the first is the one to give up. */
function recordOf(records: Map<string, Tries>, key: string, now: number): Tries {
  const known = records.get(key);
  const fresh = known && now - known.lastAt < forgottenAfter ? known : undefined;
  const record = fresh ?? { tries: 0, blockedUntil: 0, lastAt: now };
  records.delete(key);
  records.set(key, record);
  const [oldest] = records.keys();
  if (records.size > mostRecords && oldest !== undefined) records.delete(oldest);
  return record;
}

/** Whoever has one IPv6 address usually has its whole /64. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const groups = tail === undefined ? before : [...before, ...zeros, ...after];
  return groups.slice(0, 4).join(':');
}
