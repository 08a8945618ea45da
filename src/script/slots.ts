/** A number of places that are taken in the order of asking. */
export interface Slots {
  /** Resolves to the function that gives the place back, or to nothing once the signal is aborted. */
  take(signal: AbortSignal): Promise<(() => void) | undefined>;
  readonly taken: number;
  readonly waiting: number;
}

export function createSlots(places: number): Slots {
  const waiting = new Set<() => void>();
  let free = places;

  const release = () => {
    free += 1;
    const [next] = waiting;
    next?.();
  };

  return {
    get taken() {
      return places - free;
    },
    get waiting() {
      return waiting.size;
    },
    take(signal) {
      return new Promise((resolve) => {
        const enter = () => {
          leave();
          free -= 1;
          resolve(release);
        };
        const giveUp = () => {
          leave();
          resolve(undefined);
        };
        const leave = () => {
          waiting.delete(enter);
          signal.removeEventListener('abort', giveUp);
        };
        if (signal.aborted) resolve(undefined);
        else if (free > 0) enter();
        else {
          waiting.add(enter);
          signal.addEventListener('abort', giveUp);
        }
      });
    },
  };
}
