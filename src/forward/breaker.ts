/**
 * Keeps tries away from a target that fails: a state machine without a clock of its own. Times are
 * milliseconds of a clock that is never set back.
 */
export type Breaker =
  | { readonly state: 'closed'; readonly slices: readonly Slice[] }
  | { readonly state: 'open'; readonly until: number }
  /** One try is on its way to find out. */
  | { readonly state: 'probing'; readonly since: number };

/** The results of one second: thousands cost no more than one. */
interface Slice {
  readonly second: number;
  readonly tries: number;
  readonly failures: number;
}

export interface Result {
  /** When the try began. */
  readonly began: number;
  readonly failed: boolean;
}

const windowSeconds = 30;
const leastTries = 20;
const pauseMs = 30_000;

export const closedBreaker: Breaker = { state: 'closed', slices: [] };

/** Milliseconds until a try may begin; 0 = now, and then `admit` has to be told. */
export function waitOf(breaker: Breaker, now: number): number {
  if (breaker.state === 'closed') return 0;
  const until = breaker.state === 'open' ? breaker.until : breaker.since + pauseMs;
  return Math.max(0, until - now);
}

/** A try begins. After a pause it is the one that decides; one that never ends is followed by another. */
export function admit(breaker: Breaker, now: number): Breaker {
  return breaker.state === 'closed' ? breaker : { state: 'probing', since: now };
}

/** What became of a try. Those that began before the pause say nothing about the target of now. */
export function record(breaker: Breaker, result: Result, now: number): Breaker {
  switch (breaker.state) {
    case 'open':
      return breaker;
    case 'probing':
      if (result.began < breaker.since) return breaker;
      return result.failed ? { state: 'open', until: now + pauseMs } : closedBreaker;
    case 'closed':
      return weigh(add(breaker.slices, result, now), now);
  }
}

function weigh(slices: readonly Slice[], now: number): Breaker {
  const tries = slices.reduce((sum, slice) => sum + slice.tries, 0);
  const failures = slices.reduce((sum, slice) => sum + slice.failures, 0);
  const isOpen = tries >= leastTries && failures * 2 >= tries;
  return isOpen ? { state: 'open', until: now + pauseMs } : { state: 'closed', slices };
}

function add(slices: readonly Slice[], { failed }: Result, now: number): readonly Slice[] {
  const second = Math.floor(now / 1000);
  const failure = failed ? 1 : 0;
  const last = slices.at(-1);
  if (last?.second === second) {
    const { tries, failures } = last;
    return slices.with(slices.length - 1, {
      second,
      tries: tries + 1,
      failures: failures + failure,
    });
  }
  const rest = slices.filter((slice) => slice.second > second - windowSeconds);
  return [...rest, { second, tries: 1, failures: failure }];
}
