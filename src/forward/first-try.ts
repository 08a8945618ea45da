import { type ErrorCode, TriggerError } from '../errors.ts';
import type { ForwardStore, KeptForward } from '../store/forwards.ts';
import type { Outcome } from './exchange.ts';
import { failureOf, verdict } from './later-try.ts';
import type { ForwardQueue } from './queue.ts';
import type { ForwardRequest } from './request.ts';
import { nextTry } from './schedule.ts';
import { isPass } from './traffic.ts';
import type { ForwardWork } from './work.ts';

/** A forward that has not been tried yet. */
export interface Fresh {
  readonly request: ForwardRequest;
  readonly lane: string;
  /** Whether its event may have been here before. */
  readonly redelivered: boolean;
  /** Whether somebody has sent its event again on purpose: what is kept of it is tried with it. */
  readonly isAsked: boolean;
  /** The message as JSON; undefined = it is too big to be kept. */
  readonly message: () => string | undefined;
}

export interface FirstContext {
  readonly work: ForwardWork;
  readonly queue: ForwardQueue;
  /** Where the forward is kept, if it has to be. */
  readonly store: ForwardStore;
  readonly signal: AbortSignal;
}

/** A first try waits no longer than this for its turn at a busy target: then the store keeps it. */
const patienceMs = 2_000;

/**
 * Tries at once unless an earlier forward of the lane or a pause of the target holds it. Undefined: it
 * is kept, and the queue goes on with it. What fails for good is kept as a dead letter and answered.
 */
export async function firstTry(fresh: Fresh, context: FirstContext): Promise<Outcome | undefined> {
  const { work, queue, signal } = context;
  const { id } = fresh.request;
  await queue.ready;
  if (fresh.isAsked && (await tryAgain(fresh, context))) return undefined;
  if (queue.has(id)) return undefined;
  const known = fresh.redelivered ? await knownForward(id, context) : undefined;
  if (known) return known.state === 'dead' ? { error: errorOf(known) } : undefined;
  // Asked anew at the target: an earlier one may be kept while both wait there for a place.
  const isHeld = (): boolean => queue.holds(fresh.lane);
  if (isHeld()) {
    if (queue.cancelled !== undefined) return cancel(fresh, context, queue.cancelled);
    if (await keep(fresh, context, { wait: 0 })) return undefined;
  }
  let pass = await work.traffic.enter(work.target, { signal, patience: patienceMs, isHeld });
  if (!isPass(pass)) {
    if (queue.cancelled !== undefined) return cancel(fresh, context, queue.cancelled);
    if (await keep(fresh, context, pass)) return undefined;
    pass = await work.traffic.enter(work.target, { signal, regardless: true });
  }
  if (!isPass(pass)) return stopped();
  const outcome = await work.attempt(fresh.request, signal);
  pass.leave(verdict(outcome, signal));
  return outcome.error ? afterFailure(fresh, context, outcome) : outcome;
}

/** One try and no more, as the node's setting has it. */
export async function onlyTry(
  request: ForwardRequest,
  work: ForwardWork,
  signal: AbortSignal,
): Promise<Outcome> {
  const wish = { signal, regardless: true, patience: request.timeout };
  const pass = await work.traffic.enter(work.target, wish);
  if (!isPass(pass)) {
    if (signal.aborted) return stopped();
    const message = `${work.target} had too many requests under way for ${request.timeout / 1000} s.`;
    return { error: new TriggerError('E_HTTP_TIMEOUT', message) };
  }
  const outcome = await work.attempt(request, signal);
  pass.leave(verdict(outcome, signal));
  return outcome;
}

/** What waits comes at once, and a dead letter begins anew as its message is now; false: there is neither. */
async function tryAgain(fresh: Fresh, context: FirstContext): Promise<boolean> {
  const { id } = fresh.request;
  const known = await knownForward(id, context);
  if (!known) return false;
  if (known.state === 'dead' && !(await keep(fresh, context, { wait: 0 }))) return false;
  await context.queue.resend({ ids: [id] });
  return true;
}

/** The node went while the forward waited for its turn: nobody is left to try it. */
async function cancel(fresh: Fresh, context: FirstContext, reason: string): Promise<Outcome> {
  const outcome = { error: new TriggerError('E_CONFIG', reason) };
  await keep(fresh, context, { wait: undefined, outcome });
  return outcome;
}

function stopped(): Outcome {
  return { error: new TriggerError('E_HTTP_NETWORK', 'The node was stopped.') };
}

/** A store that cannot be asked does not hold the first try. */
async function knownForward(
  id: string,
  { store, work }: FirstContext,
): Promise<KeptForward | undefined> {
  try {
    return await store.forward(id);
  } catch (error) {
    work.problem(error as Error);
    return undefined;
  }
}

async function afterFailure(
  fresh: Fresh,
  context: FirstContext,
  outcome: Outcome,
): Promise<Outcome | undefined> {
  const { queue, signal, work } = context;
  const isRemoved = queue.cancelled !== undefined;
  if (signal.aborted && !isRemoved) {
    // The node goes away in the middle of a try: its successor makes it.
    return (await keep(fresh, context, { wait: 0 })) ? undefined : outcome;
  }
  const now = Date.now();
  const last = { attempts: 1, outcome, now, random: Math.random() };
  const nextAt = isRemoved ? undefined : nextTry(last, work.schedule);
  const wait = nextAt === undefined ? undefined : nextAt - now;
  if (outcome.error) work.tried(outcome.error, wait === undefined);
  const isKept = await keep(fresh, context, { wait, outcome, attempts: 1 });
  return isKept && wait !== undefined ? undefined : outcome;
}

interface Keeping {
  /** Milliseconds until the next try; undefined = there is none, and it is a dead letter. */
  readonly wait: number | undefined;
  readonly outcome?: Outcome;
  readonly attempts?: number;
}

async function keep(
  { request, lane, message }: Fresh,
  { queue, store, work }: FirstContext,
  { wait, outcome, attempts = 0 }: Keeping,
): Promise<boolean> {
  const text = message();
  if (text === undefined) {
    work.problem(new TriggerError('E_STORE', 'The message is too big to be kept for later tries.'));
    return false;
  }
  const now = Date.now();
  const forward: KeptForward = {
    id: request.id,
    node: work.node,
    target: work.target,
    lane,
    request: JSON.stringify(request),
    message: text,
    state: wait === undefined ? 'dead' : 'waiting',
    attempts,
    nextAt: now + (wait ?? 0),
    createdAt: now,
    ...failureOf(outcome ?? {}),
  };
  return queue.keep(forward, store);
}

function errorOf({ code, reason = '', status }: KeptForward): TriggerError {
  const details = status === undefined ? {} : { statusCode: status };
  return new TriggerError((code ?? 'E_HTTP_NETWORK') as ErrorCode, reason, { details });
}
