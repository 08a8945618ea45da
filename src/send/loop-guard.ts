/** Two robots that answer each other would go on for ever, and every answer costs money. */
export interface LoopGuard {
  /**
   * Whether the node may answer the contact once more. `cause` is the event that is answered: more
   * answers to one event count as one. `tell`: nobody was told of this pair within the last minute.
   */
  admit(
    pair: string,
    cause: string,
    now: number,
  ): { readonly admitted: boolean; readonly tell: boolean };
}

interface Answered {
  readonly cause: string;
  readonly at: number;
}

interface Pair {
  answered: readonly Answered[];
  toldAt: number;
}

const minute = 60_000;

/** The second one sees a loop that a provider's own limits slow down to less than the first. */
const limits = [
  { within: minute, most: 10 },
  { within: 10 * minute, most: 60 },
];
const memory = Math.max(...limits.map(({ within }) => within));
const sweepAt = 1_000;

export function createLoopGuard(): LoopGuard {
  const pairs = new Map<string, Pair>();
  let sweptAt = -Infinity;

  function sweep(now: number): void {
    if (pairs.size < sweepAt || now < sweptAt + minute) return;
    sweptAt = now;
    for (const [name, { answered }] of pairs) {
      if ((answered.at(-1)?.at ?? 0) <= now - memory) pairs.delete(name);
    }
  }

  return {
    admit(name, cause, now) {
      sweep(now);
      const pair = pairs.get(name) ?? { answered: [], toldAt: -Infinity };
      pairs.set(name, pair);
      pair.answered = pair.answered.filter(({ at }) => at > now - memory);
      if (pair.answered.some((one) => one.cause === cause)) return { admitted: true, tell: false };
      if (!isLoop(pair.answered, now)) {
        pair.answered = [...pair.answered, { cause, at: now }];
        return { admitted: true, tell: false };
      }
      const tell = pair.toldAt <= now - minute;
      if (tell) pair.toldAt = now;
      return { admitted: false, tell };
    },
  };
}

function isLoop(answered: readonly Answered[], now: number): boolean {
  return limits.some(
    ({ within, most }) => answered.filter(({ at }) => at > now - within).length >= most,
  );
}
