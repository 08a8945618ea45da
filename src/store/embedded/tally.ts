import type { Amount } from '../../inbox/bounds.ts';

/** What waits in the inbox, counted in memory. It follows the transactions of the store. */
export interface Tally {
  add(account: string, bytes: number): void;
  remove(account: string, bytes: number): void;
  /** What was added and removed since the last call counts from now on, or never; answers whose changed. */
  commit(): ReadonlySet<string>;
  rollback(): void;
  readonly total: Amount;
  of(account: string): Amount;
  readonly accounts: ReadonlyMap<string, Amount>;
}

type Sum = { -readonly [Key in keyof Amount]: Amount[Key] };

const nothing: Amount = { events: 0, bytes: 0 };

export function createTally(): Tally {
  const total: Sum = { ...nothing };
  const byAccount = new Map<string, Sum>();
  let open: { readonly account: string; readonly events: number; readonly bytes: number }[] = [];

  const apply = (sum: Sum, { events, bytes }: Amount): void => {
    sum.events += events;
    sum.bytes += bytes;
  };

  return {
    add: (account, bytes) => open.push({ account, events: 1, bytes }),
    remove: (account, bytes) => open.push({ account, events: -1, bytes: -bytes }),
    commit: () => {
      const changed = new Set<string>();
      for (const change of open) {
        const sum = byAccount.get(change.account) ?? { ...nothing };
        byAccount.set(change.account, sum);
        apply(sum, change);
        apply(total, change);
        changed.add(change.account);
        if (sum.events === 0) byAccount.delete(change.account);
      }
      open = [];
      return changed;
    },
    rollback: () => {
      open = [];
    },
    total,
    of: (account) => byAccount.get(account) ?? nothing,
    accounts: byAccount,
  };
}
