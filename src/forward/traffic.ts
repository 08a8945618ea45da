import { admit, type Breaker, closedBreaker, record, waitOf } from './breaker.ts';
import { onAbort } from './on-abort.ts';

/** Leave for one try, to be given back with what became of it; undefined = it never reached the target. */
export interface Pass {
  leave(failed: boolean | undefined): void;
}

export interface Wish {
  readonly signal: AbortSignal;
  /** Milliseconds to wait for a free place; unlimited when not given. */
  readonly patience?: number;
  /** Whether the breaker is not asked. */
  readonly regardless?: boolean;
  /** Asked when there is a place: whether the try must not take it any more. */
  readonly isHeld?: () => boolean;
}

/** How long the breaker keeps tries away; 0 = there was no place in time, or it must not be taken. */
export interface Refusal {
  readonly wait: number;
}

/** The requests of all nodes at one moment: some at a time per target, more in all. */
export interface Traffic {
  enter(target: string, wish: Wish): Promise<Pass | Refusal>;
}

interface Waiter {
  readonly wish: Wish;
  settle(answer: Pass | Refusal): void;
}

interface Target {
  running: number;
  breaker: Breaker;
  waiters: Waiter[];
}

const perTarget = 4;
const inAll = 32;

export function isPass(answer: Pass | Refusal): answer is Pass {
  return 'leave' in answer;
}

export function createTraffic(now: () => number = () => performance.now()): Traffic {
  const targets = new Map<string, Target>();
  /** Targets with someone waiting; the one that waits for its turn longest comes first. */
  const queue = new Set<Target>();
  let running = 0;

  const hasPlace = (target: Target): boolean => target.running < perTarget && running < inAll;

  function start(target: Target, { regardless, isHeld }: Wish): Pass | Refusal {
    if (isHeld?.()) return { wait: 0 };
    const began = now();
    const wait = regardless ? 0 : waitOf(target.breaker, began);
    if (wait > 0) return { wait: Math.ceil(wait) };
    if (!regardless) target.breaker = admit(target.breaker, began);
    target.running += 1;
    running += 1;
    let left = false;
    return {
      leave(failed) {
        if (left) return;
        left = true;
        target.running -= 1;
        running -= 1;
        if (failed !== undefined) target.breaker = record(target.breaker, { began, failed }, now());
        serve();
      },
    };
  }

  /** One for each target in turn, until no place is left that somebody waits for. */
  function serve(): void {
    while (serveRound());
  }
  function serveRound(): boolean {
    const turns = [...queue];
    return turns.filter(serveOne).length > 0;
  }
  function serveOne(target: Target): boolean {
    if (!hasPlace(target)) return false;
    queue.delete(target);
    const waiter = target.waiters.shift();
    if (target.waiters.length > 0) queue.add(target);
    waiter?.settle(start(target, waiter.wish));
    return waiter !== undefined;
  }

  function wait(target: Target, wish: Wish): Promise<Pass | Refusal> {
    return new Promise((resolve) => {
      const giveUp = (): void => {
        target.waiters.splice(target.waiters.indexOf(waiter), 1);
        waiter.settle({ wait: 0 });
      };
      const { patience, signal } = wish;
      const timer = patience === undefined ? undefined : setTimeout(giveUp, patience);
      const waiter: Waiter = {
        wish,
        settle(answer) {
          clearTimeout(timer);
          forget();
          resolve(answer);
        },
      };
      const forget = onAbort(signal, giveUp);
      target.waiters.push(waiter);
      queue.add(target);
    });
  }

  return {
    async enter(name, wish) {
      if (wish.signal.aborted) return { wait: 0 };
      let target = targets.get(name);
      if (!target)
        targets.set(name, (target = { running: 0, breaker: closedBreaker, waiters: [] }));
      if (target.waiters.length === 0 && hasPlace(target)) return start(target, wish);
      return wait(target, wish);
    },
  };
}
