import type { Person } from '../provider.ts';
import { phone } from '../phone.ts';
import { compact } from '../read.ts';

const prefix = 'whatsapp:';

/** What stands behind "whatsapp:" in a From, To or ExternalUserId; undefined for another channel. */
export function whatsAppAddress(value: string | undefined): string | undefined {
  if (value?.slice(0, prefix.length).toLowerCase() !== prefix) return undefined;
  return value.slice(prefix.length).trim() || undefined;
}

/** Our number as Twilio names it, of what was typed: the prefix, the plus and blanks may be otherwise. */
export function senderAddress(typed: string): string {
  const number = phone(typed.trim());
  if (number !== undefined) return prefix + number;
  return prefix + (whatsAppAddress(typed.trim()) ?? typed.trim());
}

/** Since 2026 a user id may stand where the number stood; it is never taken for one. */
export function personAt(...addresses: readonly (string | undefined)[]): Person {
  const ids = addresses.filter((address) => address !== undefined);
  const userIds = ids.filter((id) => phone(id) === undefined);
  const isParent = (id: string): boolean => /^[A-Z]{2}\.ENT\./.test(id);
  return compact({
    phone: ids.map(phone).find((number) => number !== undefined),
    userId: userIds.find((id) => !isParent(id)),
    parentUserId: userIds.find(isParent),
  });
}
