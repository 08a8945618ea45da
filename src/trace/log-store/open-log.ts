import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { applicationId, migrations } from './schema.ts';

const notOurs = 'it is no log of these nodes';

class LaterVersion extends Error {}

/**
 * Opens a log's file, creating it when there is none. One that is damaged or newer is set aside, with
 * a warning, and begun anew: nothing in it was promised to anybody. Another program's file, or a
 * store, is left alone.
 */
export async function openLogFile(
  file: string,
  warn: (text: string) => void,
): Promise<DatabaseSync> {
  const { DatabaseSync: Database } = await import('node:sqlite');
  try {
    return open(Database, file);
  } catch (error) {
    if (!isDamage(error) && !(error instanceof LaterVersion)) throw error;
    const aside = setAside(file);
    warn(`The trigger log ${file} cannot be read (${wordsOf(error)}). It is now ${aside}.`);
    return open(Database, file);
  }
}

/** Only the last of them is kept, so that a disk that damages files is not filled with them. */
export function setAside(file: string): string {
  const aside = asideOf(file);
  renameSync(file, aside);
  removeBeside(file);
  return aside;
}

/** Deletes what was set aside and written to before that time: it holds customers' words as well. */
export function forgetAside(file: string, oldest: number): void {
  const aside = asideOf(file);
  const { mtimeMs = oldest } = statSync(aside, { throwIfNoEntry: false }) ?? {};
  if (mtimeMs < oldest) rmSync(aside, { force: true });
}

/** Deletes a log and what was set aside of it. Rejects where the file cannot be told for a log. */
export async function deleteLog(file: string): Promise<void> {
  if (existsSync(file)) {
    const { DatabaseSync: Database } = await import('node:sqlite');
    const database = new Database(file, { readOnly: true });
    try {
      if (numberOf(database, 'application_id') !== applicationId) throw new Error(notOurs);
    } finally {
      database.close();
    }
    rmSync(file);
    removeBeside(file);
  }
  rmSync(asideOf(file), { force: true });
}

function asideOf(file: string): string {
  return `${file}.damaged`;
}

function removeBeside(file: string): void {
  for (const ending of ['-wal', '-shm', '-journal']) rmSync(`${file}${ending}`, { force: true });
}

/** Whether the file itself is broken, and not only the disk full. */
export function isDamage(error: unknown): boolean {
  return /malformed|not a database|corrupt/i.test(wordsOf(error));
}

function open(Database: typeof DatabaseSync, file: string): DatabaseSync {
  // It holds customers' words: nobody else is to read it, nor what SQLite puts beside it.
  closeSync(openSync(file, 'a', 0o600));
  const database = new Database(file);
  try {
    const version = versionOf(database);
    database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = OFF');
    database.exec('PRAGMA journal_size_limit = 8388608');
    migrate(database, version);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Looked at before anything is changed: it may be another program's. */
function versionOf(database: DatabaseSync): number {
  const version = numberOf(database, 'user_version');
  const owner = numberOf(database, 'application_id');
  if (owner !== applicationId && (owner !== 0 || version > 0)) {
    throw new Error(notOurs);
  }
  if (version > migrations.length) throw new LaterVersion('it is of a later version');
  return version;
}

function migrate(database: DatabaseSync, version: number): void {
  database.exec(`PRAGMA application_id = ${applicationId}`);
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN; ${step}; PRAGMA user_version = ${index + 1}; COMMIT`);
  }
}

export function numberOf(database: DatabaseSync, pragma: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
