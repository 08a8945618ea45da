import { asTriggerError, type TriggerError } from '../errors.ts';
import type { KeptForward } from '../store/forwards.ts';
import type { Outcome } from './exchange.ts';
import type { ForwardRequest } from './request.ts';
import { isRetried, nextTry } from './schedule.ts';
import type { Pass } from './traffic.ts';
import type { Waiting } from './waiting-room.ts';
import type { ForwardWork } from './work.ts';

/** What became of a later try; without `nextAt` the forward waits no more. */
export interface LaterEnd {
  readonly nextAt?: number;
  readonly isDead?: boolean;
  readonly isAnswered?: boolean;
}

/** Tries what a store has kept once more, and keeps what became of it. Rejects when the store does. */
export async function laterTry(
  { id, store }: Waiting,
  work: ForwardWork,
  pass: Pass,
  signal: AbortSignal,
): Promise<LaterEnd> {
  const forward = await store.forward(id);
  if (!forward || forward.state !== 'waiting' || signal.aborted) return {};
  const outcome = await tryOnce(forward, work, signal);
  pass.leave(verdict(outcome, signal));
  if (signal.aborted) return {};
  const { answer, error } = outcome;
  const attempts = forward.attempts + 1;
  if (!error && answer) {
    await work.passOn({ ...forward, attempts }, store, answer);
    return { isAnswered: true };
  }
  const failed = { ...forward, attempts, ...failureOf(outcome) };
  const nextAt = nextTry(
    { attempts, outcome, now: Date.now(), random: Math.random() },
    work.schedule,
  );
  const { code, reason, status } = failed;
  const end = nextAt === undefined ? { state: 'dead' as const } : { nextAt };
  const isThere = await store.changeForward(id, { attempts, code, reason, status, ...end });
  if (!isThere) return {};
  if (error) work.tried(error, nextAt === undefined, failed);
  if (nextAt !== undefined) return { nextAt };
  if (error) work.failed(failed, error, answer);
  return { isDead: true };
}

/** For the breaker: whether the target failed; undefined when the try says nothing about it. */
export function verdict(outcome: Outcome, signal: AbortSignal): boolean | undefined {
  if (signal.aborted) return undefined;
  return outcome.answer || isRetried(outcome) ? isRetried(outcome) : undefined;
}

export function failureOf({ answer, error }: Outcome): {
  readonly code: string | undefined;
  readonly reason: string | undefined;
  readonly status: number | undefined;
} {
  return { code: error?.code, reason: error?.message, status: answer?.statusCode };
}

async function tryOnce(
  forward: KeptForward,
  work: ForwardWork,
  signal: AbortSignal,
): Promise<Outcome> {
  let request: ForwardRequest;
  try {
    request = await requestOf(forward, work);
  } catch (error) {
    const refusal: TriggerError = asTriggerError(error, 'E_URL');
    return { error: refusal };
  }
  return work.attempt(request, signal);
}

/**
 * The request as it was, for a repetition is to be the same. Where the node has another target since,
 * it is made anew: the secrets of now are not for the target of then.
 */
async function requestOf(forward: KeptForward, work: ForwardWork): Promise<ForwardRequest> {
  const { id, target, request, message } = forward;
  if (request !== undefined && target === work.target) return JSON.parse(request) as ForwardRequest;
  const fresh = await work.rebuild(message);
  const headers = { ...fresh.headers, 'Idempotency-Key': id, 'webhook-id': id };
  return { ...fresh, id, headers };
}
