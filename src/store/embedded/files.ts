import { closeSync, existsSync, fdatasync, fstatSync, fsync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { markOf, markText, readMark } from './mark.ts';

const flush = promisify(fdatasync);
const flushWhole = promisify(fsync);

/** The store's files as the operating system sees them, for flushing them to the disk. */
export interface Files {
  /** What was committed is on stable storage when this resolves. */
  flushLog(): Promise<void>;
  flushDatabase(): Promise<void>;
  /** Notes how many commits were acknowledged. A note that cannot be written leaves the one before. */
  mark(commits: number): void;
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
  const mark = openMark(file);
  await flushFolder(dirname(file));
  let marked = readMark(file);
  return {
    flushLog: () => flush(log),
    flushDatabase: async () => {
      await flush(database);
      await flush(mark);
    },
    mark: (commits) => {
      if (commits === marked) return;
      try {
        writeSync(mark, markText(commits), 0, 'latin1');
        marked = commits;
      } catch {
        // The older note is as true, it only proves less.
      }
    },
    logSize: () => fstatSync(log).size,
    close: () => {
      closeSync(mark);
      closeSync(log);
      closeSync(database);
    },
  };
}

function openMark(file: string): number {
  const path = markOf(file);
  return openSync(path, existsSync(path) ? 'r+' : 'w+', 0o600);
}

/** A new file is there after a power cut only when its folder was flushed; Windows has no such call. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  await flushWhole(handle).finally(() => closeSync(handle));
}
