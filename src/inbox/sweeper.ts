/** The longest wait between two sweeps, and the shortest. */
const regular = 60_000;
const least = 50;

export interface Sweeper {
  /** Something is due then: the next sweep comes no later. */
  expect(at: number): void;
  start(): void;
  stop(): void;
}

/** One timer for all that ends by time in a store, set to what is due first. */
export function createSweeper(sweep: (now: number) => Promise<void>): Sweeper {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let running = false;

  const arm = (): void => {
    clearTimeout(timer);
    if (!running) return;
    const wait = Math.min(regular, Math.max(least, dueAt - Date.now()));
    timer = setTimeout(() => {
      dueAt = Number.POSITIVE_INFINITY;
      void sweep(Date.now()).finally(arm);
    }, wait);
    timer.unref();
  };

  return {
    expect: (at) => {
      if (at >= dueAt) return;
      dueAt = at;
      arm();
    },
    start: () => {
      running = true;
      arm();
    },
    stop: () => {
      running = false;
      clearTimeout(timer);
    },
  };
}
