import type { BoardShown } from '../board-line.ts';

/** What was shown to whom of late, for the supervisors' board. */
export interface ShownLog {
  /** A later outcome takes the place of the earlier one; `key` names the page of an agent. */
  note(key: string, shown: BoardShown): void;
  /** Newest first. */
  list(): readonly BoardShown[];
}

const most = 100;

export function createShownLog(changed: () => void): ShownLog {
  const entries = new Map<string, BoardShown>();
  return {
    note(key, shown) {
      entries.delete(key);
      entries.set(key, shown);
      const [oldest] = entries.keys();
      if (entries.size > most && oldest !== undefined) entries.delete(oldest);
      changed();
    },
    list: () => [...entries.values()].toReversed(),
  };
}
