const first = 500;
const longest = 30_000;

/** Milliseconds before try number `attempt` (from 0); `random` in [0, 1) keeps a hundred pages from trying at once. */
export function retryDelay(attempt: number, random: number): number {
  const ceiling = Math.min(longest, first * 2 ** Math.min(attempt, 16));
  return Math.round(ceiling * (0.5 + random / 2));
}
