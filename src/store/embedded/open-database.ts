import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { TriggerError } from '../../errors.ts';
import { checkFresh, inspect, pragma } from './inspect.ts';
import { markOf } from './mark.ts';
import { applicationId, migrations } from './schema.ts';

/** What customers said, and secrets of kept requests, are for nobody else on the machine to read. */
const ownersAlone = 0o600;

/**
 * Opens the store's file, creating it when there is none. One that is damaged, incomplete, foreign,
 * newer or held by another process is refused with E_STORE and left as it is: an empty start in
 * silence would be the loss of everything that was acknowledged.
 */
export async function openDatabase(file: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await import('node:sqlite');
  try {
    if (existsSync(file)) {
      inspect(DatabaseSync, file);
      takeBack(file);
    } else {
      create(DatabaseSync, file);
    }
    return open(DatabaseSync, file);
  } catch (error) {
    throw refusal(file, error);
  }
}

/** Earlier versions made the files as the umask has it. Not every file system knows rights. */
function takeBack(file: string): void {
  for (const path of [file, `${file}-wal`, markOf(file)]) {
    try {
      chmodSync(path, ownersAlone);
    } catch {
      // It is not there, or stays as it is: no reason to refuse what customers send.
    }
  }
}

/** Written aside and linked into place when whole, so that a crash leaves no half-made file. */
function create(Database: typeof DatabaseSync, file: string): void {
  checkFresh(file);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.new`;
  rmSync(draft, { force: true });
  // SQLite gives what it puts beside a file the rights of the file.
  closeSync(openSync(draft, 'wx', ownersAlone));
  const database = new Database(draft);
  try {
    // From the start, so that no rollback journal is ever needed.
    database.exec('PRAGMA journal_mode = WAL');
    database.exec(`PRAGMA application_id = ${applicationId}`);
    migrate(database);
  } finally {
    database.close();
  }
  linkSync(draft, file);
  rmSync(draft);
}

function open(Database: typeof DatabaseSync, file: string): DatabaseSync {
  const database = new Database(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
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

function migrate(database: DatabaseSync): void {
  const version = Number(pragma(database, 'user_version'));
  for (const step of migrations.slice(version)) {
    database.exec(`BEGIN; ${step}; PRAGMA user_version = ${migrations.indexOf(step) + 1}; COMMIT`);
  }
}

function refusal(file: string, error: unknown): TriggerError {
  const message = error instanceof Error ? error.message : String(error);
  const reason = reasonOf(dirname(file), message);
  return new TriggerError('E_STORE', `The store ${file} cannot be used: ${reason}.`, {
    cause: error,
  });
}

/** Less than this is not enough to work with, and SQLite then fails in ways that do not tell why. */
const leastFree = 1024 * 1024;

function reasonOf(folder: string, message: string): string {
  if (message.includes('locked')) return 'another process has it open';
  if (/damaged|missing|not a/.test(message)) return message;
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < leastFree ? 'the disk is full' : message;
  } catch {
    return message;
  }
}
