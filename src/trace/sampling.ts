/** Whether the next one is kept whole. `now` in milliseconds of a clock that is never set back. */
export type Sampling = (now: number) => boolean;

/** Lets so many a second through, and as many at once after a rest; of these every `share`-th. */
export function createSampling(perSecond: number, share = 1): Sampling {
  let tokens = perSecond;
  let filledAt: number | undefined;
  let turn = 0;
  return (now) => {
    tokens = Math.min(perSecond, tokens + ((now - (filledAt ?? now)) / 1000) * perSecond);
    filledAt = now;
    turn = (turn + 1) % share;
    if (turn !== 0 || tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
