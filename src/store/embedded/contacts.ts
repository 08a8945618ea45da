import { randomUUID } from 'node:crypto';
import type { Contact } from '../../event/event.ts';
import {
  aliasesOf,
  goesBy,
  identify,
  type Identified,
  type KnownContact,
  knows,
  rename,
  shown,
  updated,
} from '../../interaction/identity.ts';
import type { Person } from '../../provider/provider.ts';
import type { Outcome } from './outcome.ts';
import type { Sql } from './sql.ts';

/** The contact that an account knows by the given ids, brought up to date with what came now, or a new one. */
export function keepContact(sql: Sql, out: Outcome, account: string, told: Person): Contact {
  const [strongest] = aliasesOf(told);
  const found = strongest === undefined ? undefined : find(sql, account, strongest);
  if (found && knows(found, told)) return shown(found);
  if (found && goesBy(found, told)) {
    const contact = updated(found, told);
    keepBody(sql, contact);
    return shown(contact);
  }
  const ownerOf = (alias: string): KnownContact | undefined =>
    alias === strongest ? found : find(sql, account, alias);
  const newId = randomUUID();
  const identified = identify(told, ownerOf, newId);
  keepIdentified(sql, out, account, identified, newId);
  return shown(identified.contact);
}

export function renameContact(
  sql: Sql,
  out: Outcome,
  account: string,
  previous: Person,
  next: Person,
): void {
  const newId = randomUUID();
  const renamed = rename(previous, next, (alias) => find(sql, account, alias), newId);
  if (renamed) keepIdentified(sql, out, account, renamed, newId);
}

export function contactById(sql: Sql, id: string): Contact {
  const row = sql.get<{ body: string }>('SELECT body FROM contacts WHERE id = ?', id);
  return row ? shown(JSON.parse(row.body) as KnownContact) : { id };
}

export function findContact(sql: Sql, account: string, person: Person): Contact | undefined {
  for (const alias of aliasesOf(person)) {
    const found = find(sql, account, alias);
    if (found) return shown(found);
  }
  return undefined;
}

/** What tells that a contact may be written to, beside the messages of interactions. */
export function widenWindow(sql: Sql, contactId: string, at: number): void {
  sql.run(
    'UPDATE contacts SET window_at = max(coalesce(window_at, 0), ?) WHERE id = ?',
    at,
    contactId,
  );
}

/** When the contact last wrote or called, as far as it was not in a group. */
export function lastIncomingAt(sql: Sql, account: string, contactId: string): number | undefined {
  const row = sql.get<{ at: number | null }>(
    `SELECT max(at) AS at FROM (
       SELECT window_at AS at FROM contacts WHERE id = ?1
       UNION ALL SELECT max(incoming_at) FROM interactions
         WHERE account = ?2 AND contact = ?1 AND group_id = '')`,
    contactId,
    account,
  );
  return row?.at ?? undefined;
}

function keepIdentified(
  sql: Sql,
  out: Outcome,
  account: string,
  identified: Identified,
  newId: string,
): void {
  const { contact } = identified;
  if (contact.id === newId) {
    const body = JSON.stringify(contact);
    sql.run('INSERT INTO contacts (id, account, body) VALUES (?, ?, ?)', newId, account, body);
  } else keepBody(sql, contact);
  keepAliases(sql, out, account, identified);
}

function keepBody(sql: Sql, contact: KnownContact): void {
  sql.run('UPDATE contacts SET body = ? WHERE id = ?', JSON.stringify(contact), contact.id);
}

function keepAliases(
  sql: Sql,
  out: Outcome,
  account: string,
  { contact, takes, conflicts }: Identified,
): void {
  for (const alias of takes) {
    sql.run(
      `INSERT INTO aliases VALUES (?, ?, ?)
       ON CONFLICT (account, alias) DO UPDATE SET contact = excluded.contact`,
      account,
      alias,
      contact.id,
    );
  }
  for (const other of conflicts) {
    out.notices.push({
      account,
      about: 'contact',
      text: `Ids that came together are those of two contacts, ${contact.id} and ${other.id}: both stay as they are.`,
    });
  }
}

function find(sql: Sql, account: string, alias: string): KnownContact | undefined {
  const row = sql.get<{ body: string }>(
    `SELECT body FROM contacts JOIN aliases ON contacts.id = aliases.contact
     WHERE aliases.account = ? AND alias = ?`,
    account,
    alias,
  );
  return row && (JSON.parse(row.body) as KnownContact);
}
