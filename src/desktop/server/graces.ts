/** Agents who have just gone: for a moment they count as there, since a page may be loaded anew. */
export interface Graces {
  /** `gone`: the milliseconds since they left, by a clock that nobody sets. */
  begin(username: string, gone: number): void;
  end(username: string): void;
  has(username: string): boolean;
  close(): void;
}

export interface GracesOptions {
  /** Milliseconds. */
  readonly length: number;
  /** Told when the grace of somebody who did not come back is over. */
  readonly over: (username: string) => void;
}

/** The timer itself ends a grace: when it fires, a clock may show a millisecond less. */
export function createGraces({ length, over }: GracesOptions): Graces {
  const timers = new Map<string, NodeJS.Timeout>();

  function end(username: string): void {
    clearTimeout(timers.get(username));
    timers.delete(username);
  }

  return {
    begin(username, gone) {
      end(username);
      const left = length - gone;
      if (left <= 0) return;
      const timer = setTimeout(() => {
        timers.delete(username);
        over(username);
      }, left);
      timers.set(username, timer);
    },
    end,
    has: (username) => timers.has(username),
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
