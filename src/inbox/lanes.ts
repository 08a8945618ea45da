/** How long an unfinished event holds the next one of its lane: its actions have left by then. */
const holdMs = 2_000;

export interface Lanes {
  /**
   * Runs `task` after the earlier ones of the lane have ended or had their time; `passed` is called
   * when the next one may begin.
   */
  enter(lane: string, task: () => Promise<void>, passed?: () => void): void;
  readonly waiting: number;
  /** Drops what has not begun. */
  clear(): void;
}

interface Entry {
  readonly task: () => Promise<void>;
  readonly passed: (() => void) | undefined;
}

/**
 * Keeps the events of one contact in order without letting them wait for long: the next begins when
 * the one before has ended, or after two seconds, whichever comes first. Lanes run side by side.
 */
export function createLanes(): Lanes {
  const lanes = new Map<string, Entry[]>();
  const timers = new Set<NodeJS.Timeout>();
  let waiting = 0;

  const advance = (lane: string): void => {
    const entry = lanes.get(lane)?.shift();
    if (!entry) {
      lanes.delete(lane);
      return;
    }
    waiting -= 1;
    let over = false;
    const pass = (): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      timers.delete(timer);
      entry.passed?.();
      advance(lane);
    };
    const timer = setTimeout(pass, holdMs);
    timers.add(timer);
    void entry.task().then(pass, pass);
  };

  return {
    enter: (lane, task, passed) => {
      waiting += 1;
      const queue = lanes.get(lane);
      if (queue) queue.push({ task, passed });
      else {
        lanes.set(lane, [{ task, passed }]);
        advance(lane);
      }
    },
    get waiting() {
      return waiting;
    },
    clear: () => {
      timers.forEach(clearTimeout);
      timers.clear();
      lanes.clear();
      waiting = 0;
    },
  };
}
