import { AsyncResource } from 'node:async_hooks';
import type { ForwardStore } from '../store/forwards.ts';

/**
 * How long a forward that has failed holds the later ones of its lane. One that was never tried holds
 * them until it has been: first tries keep their order, however long ago they were due.
 */
const holdMs = 60_000;

export interface Waiting {
  readonly id: string;
  readonly lane: string;
  readonly store: ForwardStore;
  readonly createdAt: number;
  nextAt: number;
  attempts: number;
}

interface Entry extends Waiting {
  timer?: NodeJS.Timeout | undefined;
  hold?: NodeJS.Timeout | undefined;
}

export interface WaitingRoom {
  readonly size: number;
  has(id: string): boolean;
  get(id: string): Waiting | undefined;
  /** Whether a forward of the lane waits and holds the ones that come later. */
  holds(lane: string): boolean;
  /** Calls `due` when its time has come and no earlier one of its lane holds it. What waits already stays as it is. */
  add(waiting: Waiting): void;
  /** Sets the time anew: one that is due is due again then. */
  postpone(id: string, nextAt: number): void;
  /** A try has failed: the next one is due then. */
  failed(id: string, nextAt: number): void;
  remove(id: string): void;
  /** Removes all that a store has kept. */
  drop(store: ForwardStore): void;
  clear(): void;
}

/** What waits for a try: by its time, and for each lane one behind the other. */
export function createWaitingRoom(due: (id: string) => void, longest: number): WaitingRoom {
  const entries = new Map<string, Entry>();
  const lanes = new Map<string, Entry[]>();
  // A timer remembers the message that was being handled when it was set; these serve no message.
  const after = AsyncResource.bind((ms: number, run: () => void) => setTimeout(run, ms));

  function arm(entry: Entry): void {
    clearTimeout(entry.timer);
    const wait = between(entry.nextAt - Date.now(), longest);
    entry.timer = after(wait, () => due(entry.id));
  }
  function lead(entry: Entry): void {
    arm(entry);
    hold(entry);
  }
  function hold(entry: Entry): void {
    clearTimeout(entry.hold);
    if (entry.attempts === 0) return;
    const left = between(entry.createdAt + holdMs - Date.now(), holdMs);
    entry.hold = after(left, () => leaveLane(entry));
  }
  function leaveLane(entry: Entry): void {
    clearTimeout(entry.hold);
    const lane = lanes.get(entry.lane);
    const at = lane?.indexOf(entry) ?? -1;
    if (!lane || at < 0) return;
    lane.splice(at, 1);
    const [next] = lane;
    if (!next) lanes.delete(entry.lane);
    else if (at === 0) lead(next);
  }

  function leads(entry: Entry): boolean {
    return lanes.get(entry.lane)?.[0] === entry;
  }

  function remove(entry: Entry): void {
    entries.delete(entry.id);
    clearTimeout(entry.timer);
    leaveLane(entry);
  }

  return {
    get size() {
      return entries.size;
    },
    has: (id) => entries.has(id),
    get: (id) => entries.get(id),
    holds: (lane) => lanes.has(lane),
    add: (waiting) => {
      const { id, lane: name, store, createdAt, nextAt, attempts } = waiting;
      if (entries.has(id)) return;
      const entry: Entry = { id, lane: name, store, createdAt, nextAt, attempts };
      entries.set(entry.id, entry);
      if (entry.lane === '') return arm(entry);
      const lane = lanes.get(entry.lane);
      if (lane) lane.push(entry);
      else {
        lanes.set(entry.lane, [entry]);
        lead(entry);
      }
    },
    postpone: (id, nextAt) => {
      const entry = entries.get(id);
      if (!entry) return;
      entry.nextAt = nextAt;
      const held = lanes.get(entry.lane)?.indexOf(entry) ?? -1;
      if (held <= 0) arm(entry);
    },
    failed: (id, nextAt) => {
      const entry = entries.get(id);
      if (!entry) return;
      entry.attempts += 1;
      entry.nextAt = nextAt;
      arm(entry);
      if (leads(entry)) hold(entry);
    },
    remove: (id) => {
      const entry = entries.get(id);
      if (entry) remove(entry);
    },
    drop: (store) => {
      for (const entry of entries.values()) if (entry.store === store) remove(entry);
    },
    clear: () => {
      for (const { timer, hold } of entries.values()) {
        clearTimeout(timer);
        clearTimeout(hold);
      }
      entries.clear();
      lanes.clear();
    },
  };
}

/** Clocks are set back and forth: no wait is longer than it could have been from the start. */
function between(wait: number, most: number): number {
  return Math.min(Math.max(0, wait), most);
}
