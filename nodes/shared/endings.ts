/** How long what nodes have begun may go on, in milliseconds, when they are stopped. */
const graceAtDeploy = 1_000;
const graceAtShutdown = 8_000;

let shuttingDown = false;
let watching = false;
const endings = new Set<Promise<void>>();

/** Notes that the process is to end. Where nobody else heeds a signal, its default stays. */
export function watchSignals(): void {
  if (watching) return;
  watching = true;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    if (process.listenerCount(signal) === 0) continue;
    process.prependListener(signal, () => {
      shuttingDown = true;
    });
  }
}

/** Resolves when the work is done, or has had its time. */
export async function giveTime(work: ReadonlySet<Promise<void>>): Promise<void> {
  if (work.size === 0) return;
  const { promise: timeIsUp, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, shuttingDown ? graceAtShutdown : graceAtDeploy);
  const ending = Promise.race([Promise.allSettled(work).then(() => undefined), timeIsUp]);
  endings.add(ending);
  await ending;
  endings.delete(ending);
  clearTimeout(timer);
}

/** Resolves when no node is being given time any more: a store that they use stays open until then. */
export async function allEnded(): Promise<void> {
  while (endings.size > 0) await Promise.all(endings);
}
