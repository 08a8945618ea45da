/**
 * How many events are in memory. What came a moment ago waits for this process, and more of it only
 * makes everything slower; what is older waits in the flow for something else, and of that there is
 * room for more.
 */
export interface Memory {
  /** How many more there is room for. */
  room(now: number): number;
  /** Takes a place; the answer gives it back. */
  enter(now: number): () => void;
}

export const memoryLimits = {
  all: 1_000,
  fresh: 250,
  /** Milliseconds that an event counts as fresh. */
  freshFor: 250,
} as const;

interface Entry {
  readonly at: number;
  left: boolean;
}

/** Times are milliseconds of a clock that is never set back. */
export function createMemory(): Memory {
  /** In the order of their coming, also those that have left: they go when their time is over. */
  const young: Entry[] = [];
  let fresh = 0;
  let all = 0;

  const age = (now: number): void => {
    const end = now - memoryLimits.freshFor;
    while (young[0] && young[0].at <= end) if (!young.shift()?.left) fresh -= 1;
  };

  return {
    room: (now) => {
      age(now);
      return Math.max(0, Math.min(memoryLimits.all - all, memoryLimits.fresh - fresh));
    },
    enter: (at) => {
      age(at);
      const entry = { at, left: false };
      young.push(entry);
      fresh += 1;
      all += 1;
      return () => {
        if (entry.left) return;
        entry.left = true;
        all -= 1;
        if (young[0] && entry.at >= young[0].at) fresh -= 1;
      };
    },
  };
}
