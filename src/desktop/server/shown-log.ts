import type { BoardShown } from '../board-line.ts';

/** What was shown to whom of late, for the supervisors' board. */
export interface ShownLog {
  /** A later outcome of a page takes the place of the earlier one. */
  note(pageId: string, shown: BoardShown): void;
  /** Newest first. */
  list(): readonly BoardShown[];
}

const most = 100;

export function createShownLog(changed: () => void): ShownLog {
  const entries = new Map<string, BoardShown>();
  return {
    note(pageId, shown) {
      entries.delete(pageId);
      entries.set(pageId, shown);
      const [oldest] = entries.keys();
      if (entries.size > most && oldest !== undefined) entries.delete(oldest);
      changed();
    },
    list: () => [...entries.values()].toReversed(),
  };
}
