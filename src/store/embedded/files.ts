import { closeSync, fdatasync, fstatSync, fsync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const flush = promisify(fdatasync);
const flushWhole = promisify(fsync);

/** The store's two files as the operating system sees them, for flushing them to the disk. */
export interface Files {
  /** What was committed is on stable storage when this resolves. */
  flushLog(): Promise<void>;
  flushDatabase(): Promise<void>;
  /** Bytes of the write-ahead log. */
  logSize(): number;
  /**
   * To be called after SQLite has closed the database: closing a file drops every lock that this
   * process has on it, SQLite's too.
   */
  close(): void;
}

/** Flushing is done by Node's own threads, so that a slow disk holds up nobody on the event loop. */
export async function openFiles(file: string): Promise<Files> {
  const database = openSync(file, 'r+');
  const log = openSync(`${file}-wal`, 'r+');
  await flushFolder(dirname(file));
  return {
    flushLog: () => flush(log),
    flushDatabase: () => flush(database),
    logSize: () => fstatSync(log).size,
    close: () => {
      closeSync(log);
      closeSync(database);
    },
  };
}

/** A new file is there after a power cut only when its folder was flushed; Windows has no such call. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  await flushWhole(handle).finally(() => closeSync(handle));
}
