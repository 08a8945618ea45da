/** A saved property as text: numbers and booleans may come as themselves, what is no scalar is empty. */
export function textOf(value: unknown): string {
  const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
  return isScalar ? String(value) : '';
}

/** Node-RED puts an environment variable in its place before the node sees it. */
export function isFromEnvironment(value: unknown): boolean {
  return typeof value === 'string' && /^\$\{[A-Za-z_]\w*\}$/.test(value);
}
