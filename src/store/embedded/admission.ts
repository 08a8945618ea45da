import { TriggerError } from '../../errors.ts';
import {
  type Amount,
  type Bounds,
  type Crossing,
  type Disk,
  describeCrossing,
  diskIsFull,
  type Level,
  nextLevel,
  shareOfOne,
  usage,
} from '../../inbox/bounds.ts';
import type { Tally } from './tally.ts';

export interface AdmissionOptions {
  readonly tally: Tally;
  readonly bounds: Bounds;
  readonly disk: () => Disk | undefined;
  readonly crossed: (crossing: Crossing) => void;
}

/** The door of the inbox. What is inside is never dropped: when it is full, nothing comes in. */
export interface Admission {
  /** Runs what keeps one event for each of the accounts named, or rejects because there is no room. */
  admit<T>(accounts: readonly string[], keep: () => Promise<T>): Promise<T>;
  /** To be called when what waits has changed. */
  look(changed: Iterable<string>): void;
  /** What is nearly full or full. */
  filling(): readonly Crossing[];
}

export function createAdmission({ tally, bounds, disk, crossed }: AdmissionOptions): Admission {
  const share = shareOfOne(bounds);
  const levels = new Map<string, Crossing>();
  /** Events that are let in and not committed yet. */
  const expected = new Map<string, number>();
  let expectedInAll = 0;

  const levelOf = (name: string): Level => levels.get(name)?.level ?? 'normal';
  const tell = (name: string, level: Level, crossing: Omit<Crossing, 'level'>): void => {
    if (levelOf(name) === level) return;
    const now = { ...crossing, level };
    if (level === 'normal') levels.delete(name);
    else levels.set(name, now);
    crossed(now);
  };
  const measure = (crossing: Omit<Crossing, 'level'>): void => {
    const name = nameOf(crossing);
    tell(name, nextLevel(levelOf(name), crossing.used), crossing);
  };
  const withExpected = (held: Amount, more: number): Amount => ({
    events: held.events + more,
    bytes: held.bytes,
  });

  const look = (changed: Iterable<string>): void => {
    measure({ of: 'inbox', used: usage(tally.total, bounds) });
    for (const account of changed) {
      measure({ of: 'account', account, used: usage(tally.of(account), share) });
    }
  };

  const fullness = (accounts: readonly string[]): Omit<Crossing, 'level'> | undefined => {
    const known = disk();
    const full = known !== undefined && diskIsFull(known, bounds);
    if (full) return { of: 'disk', used: 1 };
    tell('disk', 'normal', { of: 'disk', used: 0 });
    const used = usage(withExpected(tally.total, expectedInAll + accounts.length), bounds);
    if (used > 1) return { of: 'inbox', used };
    for (const account of new Set(accounts)) {
      const own = accounts.filter((name) => name === account).length;
      const more = (expected.get(account) ?? 0) + own;
      const used = usage(withExpected(tally.of(account), more), share);
      if (used > 1) return { of: 'account', account, used };
    }
    return undefined;
  };

  const expect = (accounts: readonly string[], step: 1 | -1): void => {
    expectedInAll += step * accounts.length;
    for (const account of accounts) {
      const left = (expected.get(account) ?? 0) + step;
      if (left === 0) expected.delete(account);
      else expected.set(account, left);
    }
  };

  return {
    admit: async (accounts, keep) => {
      const full = fullness(accounts);
      if (full) {
        tell(nameOf(full), 'full', full);
        const reason = describeCrossing({ ...full, level: 'full' });
        throw new TriggerError('E_STORE', reason, { details: { full: full.of } });
      }
      expect(accounts, 1);
      try {
        return await keep();
      } finally {
        expect(accounts, -1);
      }
    },
    look,
    filling: () => [...levels.values()],
  };
}

function nameOf({ of, account = '' }: Omit<Crossing, 'level'>): string {
  return `${of} ${account}`.trim();
}
