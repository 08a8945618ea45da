/** What a dead process left in its store, read past the code that wrote it. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface StoreContents {
  readonly pending: readonly string[];
  readonly deadLetters: readonly string[];
  readonly setAside: readonly string[];
}

export function storeContents(userDir: string): StoreContents {
  const database = new DatabaseSync(join(userDir, 'whatsapp-triggers.sqlite'));
  const ids = (sql: string): string[] =>
    database
      .prepare(sql)
      .all()
      .map(({ id }) => String(id));
  try {
    const check = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
    if (check !== 'ok') throw new Error(`The store is damaged: ${String(check)}`);
    const inFlow = ids("SELECT body ->> '$.message.id' AS id FROM events");
    const forwards = (where: string): string[] =>
      ids(`SELECT message ->> '$.payload.message.id' AS id FROM forwards WHERE ${where}`);
    return {
      pending: [...new Set([...inFlow, ...forwards("state <> 'dead'")])],
      deadLetters: forwards("state = 'dead'"),
      setAside: ids("SELECT body ->> '$.message.id' AS id FROM quarantine"),
    };
  } finally {
    database.close();
  }
}
