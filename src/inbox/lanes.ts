/** How long an unfinished event holds the next one of its lane: its actions have left by then. */
const holdMs = 2_000;

/**
 * Each time that this was in vain, the lane waits half as long until it has been empty, down to this:
 * a node that never says it is done must hold back neither its contact nor, by filling the memory,
 * anyone else.
 */
const leastHoldMs = 5;

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

interface Lane {
  readonly entries: Entry[];
  hold: number;
}

interface Entry {
  readonly task: () => Promise<void>;
  readonly passed: (() => void) | undefined;
}

/**
 * Keeps the events of one contact in order without letting them wait for long: the next begins when
 * the one before has ended, or after two seconds, or sooner where that was no use. Lanes run side by side.
 */
export function createLanes(): Lanes {
  const lanes = new Map<string, Lane>();
  const timers = new Set<NodeJS.Timeout>();
  let waiting = 0;

  const advance = (name: string, lane: Lane): void => {
    const entry = lane.entries.shift();
    if (!entry) {
      if (lanes.get(name) === lane) lanes.delete(name);
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
      advance(name, lane);
    };
    const timer = setTimeout(() => {
      lane.hold = Math.max(leastHoldMs, lane.hold / 2);
      pass();
    }, lane.hold);
    timers.add(timer);
    void entry.task().then(pass, pass);
  };

  return {
    enter: (name, task, passed) => {
      waiting += 1;
      const known = lanes.get(name);
      if (known) {
        known.entries.push({ task, passed });
        return;
      }
      const lane = { entries: [{ task, passed }], hold: holdMs };
      lanes.set(name, lane);
      advance(name, lane);
    },
    get waiting() {
      return waiting;
    },
    clear: () => {
      timers.forEach(clearTimeout);
      timers.clear();
      lanes.forEach(({ entries }) => entries.splice(0));
      lanes.clear();
      waiting = 0;
    },
  };
}
