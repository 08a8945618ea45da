import type { Account } from '../../event/event.ts';
import type { Sql } from './sql.ts';

export function keepAccount(sql: Sql, account: Account): void {
  sql.run(
    'INSERT INTO accounts VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
    account.id,
    JSON.stringify(account),
  );
}

export function accountById(sql: Sql, id: string): Account {
  const row = sql.get<{ body: string }>('SELECT body FROM accounts WHERE id = ?', id);
  return row
    ? (JSON.parse(row.body) as Account)
    : { id, name: '', key: '', provider: '', number: '' };
}
