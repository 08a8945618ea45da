import type { ForwardStore } from '../store/forwards.ts';

/** A full count is asked of the stores again after this long. */
const patienceMs = 60_000;

/** How many dead letters a node has in its stores. */
export interface DeadLetters {
  readonly count: number;
  /** One more was kept. */
  add(): void;
  /** Asks the stores: there some go by themselves in time, and one may take the place of another. */
  recount(): Promise<void>;
  /** Whether another one is one too many, by the stores if need be. */
  isFull(): Promise<boolean>;
}

export function countDeadLetters(
  node: string,
  stores: () => Iterable<ForwardStore>,
  most: number,
): DeadLetters {
  let count = 0;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function recount(): Promise<void> {
    let dead = 0;
    for (const store of stores()) dead += (await store.countForwards(node)).dead;
    count = dead;
  }

  return {
    get count() {
      return count;
    },
    add: () => {
      count += 1;
    },
    recount,
    isFull: async () => {
      const now = performance.now();
      if (count >= most && now - askedAt >= patienceMs) {
        askedAt = now;
        await recount();
      }
      return count >= most;
    },
  };
}
