/** How long an unfinished event holds the next one of its lane: its actions have left by then. */
const holdMs = 2_000;

export interface Lanes {
  /** Runs `task` after the earlier ones of the lane have ended or had their time. */
  enter(lane: string, task: () => Promise<void>): void;
  readonly waiting: number;
  /** Drops what has not begun. */
  clear(): void;
}

/**
 * Keeps the events of one contact in order without letting them wait for long: the next begins when
 * the one before has ended, or after two seconds, whichever comes first. Lanes run side by side.
 */
export function createLanes(): Lanes {
  const lanes = new Map<string, (() => Promise<void>)[]>();
  const timers = new Set<NodeJS.Timeout>();
  let waiting = 0;

  const advance = (lane: string): void => {
    const task = lanes.get(lane)?.shift();
    if (!task) {
      lanes.delete(lane);
      return;
    }
    waiting -= 1;
    let passed = false;
    const pass = (): void => {
      if (passed) return;
      passed = true;
      clearTimeout(timer);
      timers.delete(timer);
      advance(lane);
    };
    const timer = setTimeout(pass, holdMs);
    timers.add(timer);
    void task().then(pass, pass);
  };

  return {
    enter: (lane, task) => {
      waiting += 1;
      const queue = lanes.get(lane);
      if (queue) queue.push(task);
      else {
        lanes.set(lane, [task]);
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
