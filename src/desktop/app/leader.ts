/**
 * Among the windows of one browser where the same agent is logged in, one shows what comes: the one that
 * the agent looked at last, and when it closes or loses its connection another one. Who leads holds a
 * lock of the browser's; who begins to be looked at takes it over.
 */
let name: string | undefined;
let leading = false;
/** Lets the lock, or the place in the queue for it, go. */
let letGo: () => void = () => undefined;

/** Undefined where browsers cannot agree: locks need https, or the machine itself. */
export function leads(): boolean | undefined {
  return name === undefined || !navigator.locks ? undefined : leading;
}

/** Begins to take part, in the name of an agent. */
export function lead(username: string): void {
  stopLeading();
  name = `agent-desktop ${location.pathname} ${username}`;
  enter(document.hasFocus());
}

export function stopLeading(): void {
  name = undefined;
  letGo();
}

/** Waits for the lock and keeps it; whoever takes it over makes us wait again. */
function enter(atOnce: boolean): void {
  const wanted = name;
  if (wanted === undefined || !navigator.locks) return;
  letGo();
  const ending = new AbortController();
  const held = Promise.withResolvers<void>();
  letGo = () => {
    ending.abort();
    held.resolve();
    leading = false;
  };
  const options = atOnce ? { steal: true } : { signal: ending.signal };
  const mine = letGo;
  navigator.locks
    .request(wanted, options, () => {
      if (letGo !== mine || name !== wanted) return undefined;
      leading = true;
      return held.promise;
    })
    .catch(() => {
      if (letGo !== mine || ending.signal.aborted) return;
      leading = false;
      enter(false);
    });
}

addEventListener('focus', () => {
  if (!leading) enter(true);
});
