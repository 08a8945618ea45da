import type { Contact } from '../../event/event.ts';
import type { Sql } from './sql.ts';

/**
 * The contact that an account knows by any of the given ids, brought up to date with what came now,
 * or a new one. Two known contacts are never merged: the phone's one wins, the other keeps its ids.
 */
export function keepContact(
  sql: Sql,
  account: string,
  told: Omit<Contact, 'id'>,
  newId: string,
): Contact {
  const aliases = [told.phone, told.userId].filter((alias) => alias !== undefined);
  let known: Contact | undefined;
  for (const alias of aliases) known ??= find(sql, account, alias);
  const contact: Contact = { ...(known ?? { id: newId }), ...told };
  const body = JSON.stringify(contact);
  if (!known) {
    sql.run('INSERT INTO contacts (id, account, body) VALUES (?, ?, ?)', contact.id, account, body);
  } else if (body !== JSON.stringify(known)) {
    sql.run('UPDATE contacts SET body = ? WHERE id = ?', body, contact.id);
  }
  const heldBy = (alias: string): boolean => alias === known?.phone || alias === known?.userId;
  for (const alias of aliases) {
    if (!heldBy(alias))
      sql.run('INSERT OR IGNORE INTO aliases VALUES (?, ?, ?)', account, alias, contact.id);
  }
  return contact;
}

export function contactById(sql: Sql, id: string): Contact {
  const row = sql.get<{ body: string }>('SELECT body FROM contacts WHERE id = ?', id);
  return row ? (JSON.parse(row.body) as Contact) : { id };
}

function find(sql: Sql, account: string, alias: string): Contact | undefined {
  const row = sql.get<{ body: string }>(
    `SELECT body FROM contacts JOIN aliases ON contacts.id = aliases.contact
     WHERE aliases.account = ? AND alias = ?`,
    account,
    alias,
  );
  return row && (JSON.parse(row.body) as Contact);
}
