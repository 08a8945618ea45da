import { accessSync, constants, existsSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { checksum } from './checksum.ts';
import { type Life, readLife } from './life.ts';
import { markOf, readMark } from './mark.ts';
import { sealedMessage } from './messages.ts';
import { applicationId, migrations, schemaVersion } from './schema.ts';
import { sealedSend } from './sends.ts';

type Database = typeof DatabaseSync;

/**
 * Throws the reason why a store's file must not be used. It is opened for reading only: closing it
 * otherwise would write the log into a database that is damaged, and remove the log.
 */
export function inspect(Database: Database, file: string): void {
  checkAccess(file);
  const index = `${file}-shm`;
  const hadIndex = existsSync(index);
  const hadLog = sizeOf(`${file}-wal`) > 0;
  const database = new Database(file, { readOnly: true });
  try {
    checkContent(Database, database);
    checkWhole(database, readMark(file), hadLog);
  } finally {
    database.close();
    if (!hadIndex) rmSync(index, { force: true });
  }
}

/** An empty start would be the loss of what was acknowledged: it takes a place where nothing ever was. */
export function checkFresh(file: string): void {
  for (const path of [`${file}-wal`, markOf(file)]) {
    if (sizeOf(path) > 0) {
      throw new Error(
        `it is missing, though ${path} tells that there was one; to start anew, remove that file too`,
      );
    }
  }
}

function checkAccess(file: string): void {
  if (statSync(file).size === 0) throw new Error('the file is empty');
  try {
    accessSync(file, constants.W_OK);
    accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    throw new Error(`it cannot be written (${(error as NodeJS.ErrnoException).code})`, {
      cause: error,
    });
  }
}

function checkContent(Database: Database, database: DatabaseSync): void {
  if (pragma(database, 'application_id') !== applicationId) {
    throw new Error('it is not a store of these nodes');
  }
  const version = Number(pragma(database, 'user_version'));
  if (version > schemaVersion) {
    throw new Error(`it was written by a newer version of these nodes (schema ${version})`);
  }
  const found = pragma(database, 'quick_check(1)');
  if (found !== 'ok') throw new Error(`it is damaged (${String(found)})`);
  checkSchema(Database, database, version);
  if (version >= firstWithChecksums) checkRows(database, sealed);
  if (version >= firstWithSends) checkRows(database, sealedSends);
  if (version >= firstWithMessages) checkRows(database, sealedMessages);
}

/** A damaged version number would have steps of the schema done again, or left out. */
function checkSchema(Database: Database, database: DatabaseSync, version: number): void {
  const model = new Database(':memory:');
  try {
    migrations.slice(0, version).forEach((step) => model.exec(step));
    const wanted = schemaOf(model);
    const found = new Set(schemaOf(database));
    if (version < 1 || !wanted.every((part) => found.has(part))) {
      throw new Error(`it is damaged (its tables are not those of schema ${version})`);
    }
  } finally {
    model.close();
  }
}

function schemaOf(database: DatabaseSync): string[] {
  const rows = database.prepare('SELECT name, sql FROM sqlite_schema').all();
  return rows.map(({ name, sql }) => `${String(name)}: ${String(sql)}`);
}

const firstWithChecksums = 2;
const firstWithSends = 3;
const firstWithMessages = 4;

/** What is still to be done; an event that an older version kept has no checksum. */
const sealed = `
  SELECT 'event ' || seq AS name, account AS head, body, crc FROM events WHERE crc IS NOT NULL
  UNION ALL SELECT 'forward ' || seq, id, message, crc FROM forwards
  UNION ALL SELECT 'forward ' || seq, id, request, request_crc FROM forwards
    WHERE request IS NOT NULL`;

/** A send that is not found again goes out twice. */
const sealedSends = `SELECT 'send ' || id AS name, id AS head, ${sealedSend} AS body, crc FROM sends`;

/** What an agent reads is what was said. */
const sealedMessages = `SELECT 'message ' || seq AS name, interaction AS head, ${sealedMessage} AS body,
  crc FROM messages`;

function checkRows(database: DatabaseSync, rows: string): void {
  for (const { name, head, body, crc } of database.prepare(rows).iterate()) {
    if (crc === checksum(String(head), String(body))) continue;
    throw new Error(`it is damaged (${String(name)} is not what was written)`);
  }
}

/** Whether every commit is there that was acknowledged. */
function checkWhole(database: DatabaseSync, marked: number | undefined, hadLog: boolean): void {
  if (Number(pragma(database, 'user_version')) < firstWithChecksums) return;
  const life = database.prepare(readLife).get() as unknown as Life | undefined;
  if (!life) throw new Error('it is damaged (it has no account of its commits)');
  if (marked !== undefined && life.commits < marked) {
    throw new Error(
      `${marked - life.commits} of its last commits are missing: its log (-wal) is gone or damaged, or it is an old copy`,
    );
  }
  if (marked === undefined && life.open === 1 && !hadLog) {
    throw new Error('it was not closed in order, and its log (-wal) is missing');
  }
}

export function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
