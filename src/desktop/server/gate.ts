/** Too many tasks wait already; the caller should tell its client to come back. */
export class GateFull extends Error {
  override readonly name = 'GateFull';
}

export type Gate = <T>(task: () => Promise<T>) => Promise<T>;

/** Lets `atOnce` tasks run together and `waiting` more stand in line; throws GateFull beyond that. */
export function createGate(atOnce: number, waiting: number): Gate {
  const line: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= atOnce) {
      if (line.length >= waiting) throw new GateFull('Too many tasks are waiting.');
      await new Promise<void>((resolve) => line.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await task();
    } finally {
      const next = line.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
