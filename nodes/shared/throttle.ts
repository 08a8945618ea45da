/** At most one status a second reaches the editor; the last one always does. */
const intervalMs = 1_000;

export interface Throttle<T> {
  show(value: T): void;
  /** To be called when the node closes. */
  stop(): void;
}

export function createThrottle<T>(show: (value: T) => void): Throttle<T> {
  let timer: NodeJS.Timeout | undefined;
  let next: { readonly value: T } | undefined;
  const pass = (): void => {
    timer = undefined;
    if (!next) return;
    const { value } = next;
    next = undefined;
    show(value);
    timer = setTimeout(pass, intervalMs);
  };
  return {
    show: (value) => {
      next = { value };
      if (!timer) pass();
    },
    stop: () => clearTimeout(timer),
  };
}
