import type { StoredEvent } from '../store/contract.ts';

type Take = (after: number, limit: number) => Promise<readonly StoredEvent[]>;

/** Reads on in the events of a store, in the order of commit, past those that came here by themselves. */
export interface Backlog {
  /** An event that was handed out when it was committed. */
  passed(seq: number): void;
  next(limit: number): Promise<readonly StoredEvent[]>;
}

export function createBacklog(take: Take): Backlog {
  let last = 0;
  /** After which event the store was asked in vain: it is asked again from there, whatever passed since. */
  let unread: number | undefined;
  return {
    passed: (seq) => {
      last = Math.max(last, seq);
    },
    next: async (limit) => {
      unread ??= last;
      const events = await take(unread, limit);
      unread = undefined;
      return events;
    },
  };
}
