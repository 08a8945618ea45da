import type { Outcome } from './exchange.ts';

/** Seconds from a try to the next one: a forward has one try more than there are waits. */
export type Schedule = readonly number[];

export const defaultSchedule: Schedule = [5, 30, 120, 600, 1800, 7200, 18_000];

export interface LastTry {
  /** Tries made so far, at least one. */
  readonly attempts: number;
  readonly outcome: Outcome;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** From 0 up to 1. */
  readonly random: number;
}

/** Spreads the retries of many that failed at the same moment. */
const jitter = 0.2;
const longestRetryAfterMs = 3_600_000;
const retriedStatuses: ReadonlySet<number> = new Set([408, 425, 429]);

/** When the next try is due; undefined when the outcome is final or the schedule is at its end. */
export function nextTry(last: LastTry, schedule: Schedule): number | undefined {
  const wait = schedule[last.attempts - 1];
  if (wait === undefined || !isRetried(last.outcome)) return undefined;
  const spread = wait * 1000 * (1 - jitter + 2 * jitter * last.random);
  const asked = retryAfter(last.outcome.answer?.headers['retry-after'], last.now);
  return last.now + Math.round(Math.max(spread, asked));
}

/** The longest that a forward may wait, whatever a clock that was set back makes of its time. */
export function longestWait(schedule: Schedule): number {
  return Math.max(longestRetryAfterMs, ...schedule.map((wait) => wait * 1000 * (1 + jitter)));
}

/** Whether the same request may succeed later without anybody changing anything. */
export function isRetried({ answer, error }: Outcome): boolean {
  const { code } = error ?? {};
  if (code !== 'E_HTTP_STATUS') return code === 'E_HTTP_TIMEOUT' || code === 'E_HTTP_NETWORK';
  const { statusCode = 0 } = answer ?? {};
  return statusCode >= 500 || retriedStatuses.has(statusCode);
}

/** Milliseconds that the target asks for, in seconds or as an HTTP date: an hour at most, 0 for nonsense. */
export function retryAfter(header: string | undefined, now: number): number {
  const text = header?.trim() ?? '';
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : httpDate(text) - now;
  return wait > 0 ? Math.min(wait, longestRetryAfterMs) : 0;
}

/** Not any text that `Date.parse` would guess at. */
function httpDate(text: string): number {
  return /^[A-Z][a-z]+, [\w\s:-]+ GMT$/.test(text) ? Date.parse(text) : Number.NaN;
}
