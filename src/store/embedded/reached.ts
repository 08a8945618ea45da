import type { Person } from '../../provider/provider.ts';
import type { SendEnd } from '../sends.ts';
import { findContact, keepContact, renameContact } from './contacts.ts';
import type { Outcome } from './outcome.ts';
import type { Sql } from './sql.ts';

/** The contact of an accepted message, by the ids that the provider knows it by. */
export function keepReached(
  sql: Sql,
  out: Outcome,
  { policy, contact, reached, message }: Extract<SendEnd, { kind: 'sent' }>,
): Person {
  // An answer about a group names nobody in it.
  if (!reached || message.group !== undefined) return contact;
  const dialled = contact.phone;
  if (dialled !== undefined && reached.phone !== undefined && dialled !== reached.phone) {
    keepDialled(sql, out, policy.account.id, dialled, reached);
  }
  return { ...contact, ...reached };
}

/**
 * A contact may be reached by another number than it writes from, as in Mexico, Argentina and Brazil:
 * both are its own, unless they are known as two contacts', or the one dialled was left by its own.
 */
function keepDialled(
  sql: Sql,
  out: Outcome,
  account: string,
  dialled: string,
  reached: Person,
): void {
  const known = findContact(sql, account, { phone: dialled });
  const other = findContact(sql, account, reached);
  if (known && (known.phone !== dialled || (other && other.id !== known.id))) return;
  if (!known) keepContact(sql, out, account, reached);
  renameContact(sql, out, account, { phone: dialled }, reached);
}
