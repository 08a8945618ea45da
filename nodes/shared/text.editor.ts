/** A saved property as text: numbers and booleans may come as themselves, what is no scalar is empty. */
export function textOf(value: unknown): string {
  const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
  return isScalar ? String(value) : '';
}
