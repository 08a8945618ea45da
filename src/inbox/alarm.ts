/** One timer, set by whoever comes first: later ones do not put it off. */
export interface Alarm {
  in(milliseconds: number): void;
  off(): void;
}

export function createAlarm(ring: () => void): Alarm {
  let timer: NodeJS.Timeout | undefined;
  return {
    in: (milliseconds) => {
      timer ??= setTimeout(() => {
        timer = undefined;
        ring();
      }, milliseconds);
    },
    off: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
