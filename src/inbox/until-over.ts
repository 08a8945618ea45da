/** Resolves when what is begun says that it is over, or had its time, or when the signal comes. */
export async function untilOver(
  signal: AbortSignal,
  begin: (over: () => void) => void,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const over = (): void => resolve();
  signal.addEventListener('abort', over);
  begin(over);
  await promise;
  signal.removeEventListener('abort', over);
}
