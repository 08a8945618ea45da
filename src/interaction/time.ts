/** A provider's clock may run ahead of ours by this much before its time is not believed. */
const clockSkew = 5 * 60_000;

/** Providers repeat for seven days what we did not take: an older time is that of a wrong clock. */
const oldest = (7 * 24 + 1) * 60 * 60_000;

/** When something happened, as an event tells it: by the provider's clock, which may not run ahead. */
export function timeOf(at: string | undefined, receivedAt: number): number {
  const told = at === undefined ? receivedAt : Date.parse(at);
  return told <= receivedAt + clockSkew ? told : receivedAt;
}

export function isOld(at: string | undefined, receivedAt: number): boolean {
  return timeOf(at, receivedAt) < receivedAt - oldest;
}

/** When something happened, for what follows from it: a time that no provider comes with counts for nothing. */
export function believedTime(at: string | undefined, receivedAt: number): number {
  return isOld(at, receivedAt) ? receivedAt : timeOf(at, receivedAt);
}

/**
 * Whether a message was written before its interaction closed and only came after that. Our own clock
 * may have been set back since: then it is no witness.
 */
export function isLate(at: number, closedAt: number, receivedAt: number): boolean {
  return at < Math.min(closedAt, receivedAt) - clockSkew;
}
