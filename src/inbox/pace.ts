import { setImmediate } from 'node:timers/promises';

/** Keeps work that goes on for long from holding the event loop: it rests between two turns. */
export interface Pace {
  begin(): void;
  /** Undefined = there is time left in this turn. */
  rest(): Promise<void> | undefined;
}

/** Short beside the 50 ms that a webhook may be held up, long beside what a turn costs. */
const turnMs = 8;

export function createPace(): Pace {
  let began = 0;
  const begin = (): void => {
    began = performance.now();
  };
  return {
    begin,
    rest: () => (performance.now() - began < turnMs ? undefined : setImmediate().then(begin)),
  };
}
