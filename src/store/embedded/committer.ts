import type { DatabaseSync } from 'node:sqlite';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { TriggerError } from '../../errors.ts';
import type { Files } from './files.ts';

interface Call {
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** More calls than this wait for the next transaction, so that none blocks the event loop for long. */
const groupSize = 64;

/** How long the first call of a busy time waits for others to share its flush to the disk. */
const gatherMs = 1;

/** The log is written back into the database when it has grown to this. */
const checkpointBytes = 4 * 1024 * 1024;

/**
 * Group commit. SQLite itself runs with `synchronous = OFF` and never flushes; this does, in the order
 * that makes it safe, and off the event loop: the log after every transaction and before its answers;
 * the database after a checkpoint and before the next transaction may write over the log.
 */
export class Committer {
  readonly #database: DatabaseSync;
  readonly #files: Files;
  #queue: Call[] = [];
  #working: Promise<void> | undefined;
  #lastGroup = 0;
  #over: TriggerError | undefined;

  constructor(database: DatabaseSync, files: Files) {
    this.#database = database;
    this.#files = files;
  }

  /** Runs a command in a transaction; resolves when what it changed is on stable storage. */
  call(run: () => unknown): Promise<unknown> {
    if (this.#over) return Promise.reject(this.#over);
    return new Promise((resolve, reject) => {
      this.#queue.push({ run, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** What was called before is done first. */
  async close(last: () => void): Promise<void> {
    if (this.#over) return;
    const done = this.call(last);
    this.#over = new TriggerError('E_STORE', 'The store is closed.');
    await done.catch(() => undefined);
    await this.#working;
    this.#database.exec('PRAGMA synchronous = FULL');
    this.#database.close();
    this.#files.close();
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#gather();
      const group = this.#queue.splice(0, groupSize);
      this.#lastGroup = group.length;
      await this.#commit(group);
    }
    this.#working = undefined;
  }

  /** A lone call waits for nobody; in a busy time a little patience saves a flush. */
  #gather(): Promise<unknown> {
    const busy = this.#lastGroup > 1 && this.#queue.length < groupSize;
    return busy ? setTimeout(gatherMs) : setImmediate();
  }

  async #commit(group: readonly Call[]): Promise<void> {
    const settled = this.#transact(group);
    try {
      await this.#files.flushLog();
      if (this.#files.logSize() >= checkpointBytes) await this.#checkpoint();
    } catch (error) {
      this.#fail(group, error);
      return;
    }
    settled.forEach((settle) => settle());
  }

  /** One transaction for all; where a call fails, each gets its own, so that the others stand. */
  #transact(group: readonly Call[]): (() => void)[] {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const settled = group.map((call) => {
        const value = call.run();
        return () => call.resolve(value);
      });
      this.#database.exec('COMMIT');
      return settled;
    } catch (error) {
      this.#rollback();
      if (group.length > 1) return group.flatMap((call) => this.#transact([call]));
      const failure = new TriggerError('E_STORE', messageOf(error), { cause: error });
      return group.map((call) => () => call.reject(failure));
    }
  }

  /** SQLite takes some failed transactions back by itself, and then refuses to do it again. */
  #rollback(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // Nothing is left to take back.
    }
  }

  async #checkpoint(): Promise<void> {
    this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    await this.#files.flushDatabase();
  }

  /** After a failed flush nobody knows what is on the disk: this store answers nothing any more. */
  #fail(group: readonly Call[], error: unknown): void {
    const reason = `The store cannot be flushed to the disk: ${messageOf(error)}`;
    this.#over = new TriggerError('E_STORE', reason, { cause: error });
    for (const call of [...group, ...this.#queue.splice(0)]) call.reject(this.#over);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
