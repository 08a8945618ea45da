import { onAbort } from '../forward/on-abort.ts';

/** One after the other for each key, in the order of asking. */
export interface Turns {
  /** How many wait for their turn or have it. */
  readonly size: number;
  /** Resolves, when the turn has come, with what ends it; rejects when the signal ends before. */
  take(key: string, signal: AbortSignal): Promise<() => void>;
}

export function createTurns(): Turns {
  const tails = new Map<string, Promise<void>>();
  let size = 0;

  return {
    get size() {
      return size;
    },
    async take(key, signal) {
      const before = tails.get(key);
      const { promise: over, resolve } = Promise.withResolvers<void>();
      const tail = Promise.all([before, over]).then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      tails.set(key, tail);
      size += 1;
      const end = (): void => {
        size -= 1;
        resolve();
      };
      try {
        if (before) await unlessAborted(before, signal);
        signal.throwIfAborted();
      } catch (error) {
        end();
        throw error;
      }
      return end;
    },
  };
}

function unlessAborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => reject(signal.reason as Error));
    void wait.then(() => {
      forget();
      resolve();
    });
  });
}
