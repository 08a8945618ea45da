import { existsSync, linkSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { TriggerError } from '../../errors.ts';
import { migrations, schemaVersion } from './schema.ts';

/** Marks a file as ours ("WATR"), so that another program's database is never touched. */
const applicationId = 0x57415452;

/**
 * Opens the store's file, creating it when there is none. One that is damaged, empty, foreign, newer
 * or held by another process is refused with E_STORE and left as it is: an empty start in silence
 * would be the loss of everything that was acknowledged.
 */
export async function openDatabase(file: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await import('node:sqlite');
  try {
    if (!existsSync(file)) create(DatabaseSync, file);
    return open(DatabaseSync, file);
  } catch (error) {
    throw refusal(file, error);
  }
}

/** Written aside and linked into place when whole, so that a crash leaves no half-made file. */
function create(Database: typeof DatabaseSync, file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.new`;
  rmSync(draft, { force: true });
  const database = new Database(draft);
  try {
    database.exec(`PRAGMA application_id = ${applicationId}`);
    migrate(database);
  } finally {
    database.close();
  }
  linkSync(draft, file);
  rmSync(draft);
}

function open(Database: typeof DatabaseSync, file: string): DatabaseSync {
  if (statSync(file).size === 0) throw new Error('the file is empty');
  const database = new Database(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    check(database);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA foreign_keys = ON');
    migrate(database);
    lockAndLog(database);
    // From here on the committer flushes; see there.
    database.exec('PRAGMA synchronous = OFF');
    database.exec('PRAGMA wal_autocheckpoint = 0');
    // The log shrinks when it starts anew, so that its size tells how much waits in it.
    database.exec('PRAGMA journal_size_limit = 0');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The first write takes the lock for good and makes the log's file. */
function lockAndLog(database: DatabaseSync): void {
  const version = Number(pragma(database, 'user_version'));
  database.exec(`PRAGMA user_version = ${version}`);
}

function check(database: DatabaseSync): void {
  if (pragma(database, 'application_id') !== applicationId) {
    throw new Error('it is not a store of these nodes');
  }
  const found = pragma(database, 'quick_check(1)');
  if (found !== 'ok') throw new Error(`it is damaged (${String(found)})`);
}

function migrate(database: DatabaseSync): void {
  const version = Number(pragma(database, 'user_version'));
  if (version > schemaVersion) {
    throw new Error(`it was written by a newer version of these nodes (schema ${version})`);
  }
  for (const step of migrations.slice(version)) {
    database.exec(`BEGIN; ${step}; PRAGMA user_version = ${migrations.indexOf(step) + 1}; COMMIT`);
  }
}

function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

function refusal(file: string, error: unknown): TriggerError {
  const message = error instanceof Error ? error.message : String(error);
  const reason = /locked/.test(message) ? 'another process has it open' : message;
  return new TriggerError('E_STORE', `The store ${file} cannot be used: ${reason}.`, {
    cause: error,
  });
}
