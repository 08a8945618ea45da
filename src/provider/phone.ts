/**
 * A phone number as contract: digits with a leading "+". Providers write them with and without the
 * plus, spaces, dashes or a "whatsapp:" prefix. Undefined for what is no number (a user id, say).
 */
export function phone(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const bare = value.replace(/^whatsapp:/i, '').replace(/[\s().-]/g, '');
  return /^\+?[0-9]{4,20}$/.test(bare) ? `+${bare.replace('+', '')}` : undefined;
}
