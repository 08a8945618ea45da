import { isIPv6 } from 'node:net';

/** Slows down guessing, by user name and by address. Times are milliseconds. */
export interface LoginLimiter {
  /** Counts a try before its password is looked at; answers the seconds to wait, 0 = go ahead. */
  attempt(username: string, address: string, now: number): number;
  /** Takes the try back: the password was right. */
  succeeded(username: string, address: string): void;
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
  return {
    attempt(username, address, now) {
      const user = recordOf(users, username, now);
      const from = recordOf(addresses, networkOf(address), now);
      const wait = Math.max(user.blockedUntil, from.blockedUntil) - now;
      if (wait > 0) return Math.ceil(wait / 1000);
      count(user, rules.user, now);
      count(from, rules.address, now);
      return 0;
    },
    succeeded(username, address) {
      users.delete(username);
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
