const known = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `stop` when the signal is aborted; call the result to take it back. A node's signal has many
 * to tell and lives long: to remove one, the signal itself would look through all of them.
 */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  const stops = known.get(signal) ?? listen(signal);
  stops.add(stop);
  return () => stops.delete(stop);
}

function listen(signal: AbortSignal): Set<() => void> {
  const stops = new Set<() => void>();
  known.set(signal, stops);
  signal.addEventListener('abort', () => stops.forEach((stop) => stop()), { once: true });
  return stops;
}
