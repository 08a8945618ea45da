/** Whole seconds until a moment of the server's clock; never below 0. */
export function secondsLeft(moment: number, now: number, clockOffset: number): number {
  return Math.max(0, Math.ceil((moment - now - clockOffset) / 1000));
}

/** Whole seconds since a moment, both by the same clock; never below 0. */
export function secondsSince(moment: number, now: number): number {
  return Math.max(0, Math.floor((now - moment) / 1000));
}

/** `0:07`, `12:30`. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
