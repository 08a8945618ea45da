import type { DatabaseSync } from 'node:sqlite';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { TriggerError } from '../../errors.ts';
import type { Files } from './files.ts';
import { createPace } from '../../inbox/pace.ts';

interface Call {
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Sees every transaction of a committer. */
export interface Witness {
  /** Within the transaction, after its calls. */
  ending(): void;
  committed(): void;
  rolledBack(): void;
  /** What was committed is on stable storage; it took this long. */
  flushed(seconds: number): void;
}

/** More calls than this wait for the next transaction, and those that one of this length left. */
const groupSize = 64;
const groupMs = 50;

/** How long a call of a busy time waits for others to share its transaction and its flush to the disk. */
const gatherMs = 10;

/** A call that comes this long after the last transaction waits for nobody. */
const quietMs = 30;

/** The log is written back into the database when it has grown to this. */
const checkpointBytes = 4 * 1024 * 1024;

/**
 * Group commit. A call that has many steps is a generator: between them the event loop turns, while the
 * transaction stays open; nobody else uses the connection. SQLite itself runs with `synchronous = OFF`
 * and never flushes; this does, in the order that makes it safe, and off the event loop: the log after
 * every transaction and before its answers; the database after a checkpoint and before the next
 * transaction may write over the log.
 */
export class Committer {
  readonly #database: DatabaseSync;
  readonly #files: Files;
  readonly #witness: Witness;
  #queue: Call[] = [];
  #working: Promise<void> | undefined;
  #lastCommit = 0;
  #over: TriggerError | undefined;
  #closed = false;
  #checkpointAt = checkpointBytes;
  readonly #pace = createPace();

  constructor(database: DatabaseSync, files: Files, witness: Witness) {
    this.#database = database;
    this.#files = files;
    this.#witness = witness;
  }

  /**
   * Runs a command, or the steps of one, in a transaction; resolves when what it changed is on stable
   * storage.
   */
  call(run: () => unknown): Promise<unknown> {
    if (this.#over) return Promise.reject(this.#over);
    return new Promise((resolve, reject) => {
      this.#queue.push({ run, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** What was called before is done first. */
  async close(last: () => void): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const done = this.call(last);
    this.#over ??= new TriggerError('E_STORE', 'The store is closed.');
    await done.catch(() => undefined);
    await this.#working;
    this.#database.exec('PRAGMA synchronous = FULL');
    this.#database.close();
    this.#files.close();
  }

  /** As the first call of all: from then on the database's file itself tells what was done before. */
  async begin(first: () => void): Promise<void> {
    await this.call(first);
    await this.#working;
    await this.#checkpoint();
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#gather();
      const group = this.#queue.splice(0, groupSize);
      await this.#commit(group);
      this.#lastCommit = performance.now();
    }
    this.#working = undefined;
  }

  #gather(): Promise<unknown> {
    const isQuiet = performance.now() - this.#lastCommit > quietMs;
    return isQuiet || this.#queue.length >= groupSize ? setImmediate() : setTimeout(gatherMs);
  }

  async #commit(group: readonly Call[]): Promise<void> {
    const began = performance.now();
    const settled = await this.#transact(group);
    try {
      await this.#files.flushLog();
      this.#witness.flushed((performance.now() - began) / 1_000);
      if (this.#files.logSize() >= this.#checkpointAt) await this.#checkpoint();
    } catch (error) {
      this.#fail(group, error);
      return;
    }
    settled.forEach((settle) => settle());
  }

  /**
   * One transaction for all, or for the first ones when these take long. Where a call fails, each gets
   * its own, so that the others stand.
   */
  async #transact(group: readonly Call[]): Promise<(() => void)[]> {
    const ran: Call[] = [];
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      this.#pace.begin();
      const until = performance.now() + groupMs;
      const settled: (() => void)[] = [];
      for (const call of group) {
        if (ran.length > 0 && performance.now() > until) break;
        ran.push(call);
        const value = await this.#run(call);
        settled.push(() => call.resolve(value));
      }
      this.#witness.ending();
      this.#database.exec('COMMIT');
      this.#witness.committed();
      this.#queue.unshift(...group.slice(ran.length));
      return settled;
    } catch (error) {
      this.#rollback();
      this.#witness.rolledBack();
      const failure = new TriggerError('E_STORE', messageOf(error), { cause: error });
      if (group.length === 1) return group.map((call) => () => call.reject(failure));
      const tried = ran.length > 0 ? ran : group;
      this.#queue.unshift(...group.slice(tried.length));
      const settled: (() => void)[] = [];
      for (const call of tried) settled.push(...(await this.#transact([call])));
      return settled;
    }
  }

  async #run(call: Call): Promise<unknown> {
    const result = call.run();
    if (!isSteps(result)) return result;
    for (;;) {
      const { done = false, value } = result.next();
      if (done) return value;
      const rest = this.#pace.rest();
      if (rest) await rest;
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

  /** Where it fails, as on a full disk, the log keeps what it holds and grows until the next try. */
  async #checkpoint(): Promise<void> {
    try {
      this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      this.#checkpointAt = this.#files.logSize() + checkpointBytes;
      return;
    }
    await this.#files.flushDatabase();
    this.#checkpointAt = checkpointBytes;
  }

  /** After a failed flush nobody knows what is on the disk: this store answers nothing any more. */
  #fail(group: readonly Call[], error: unknown): void {
    const reason = `The store cannot be flushed to the disk: ${messageOf(error)}`;
    this.#over = new TriggerError('E_STORE', reason, { cause: error });
    for (const call of [...group, ...this.#queue.splice(0)]) call.reject(this.#over);
  }
}

function isSteps(value: unknown): value is Iterator<void, unknown> {
  return typeof value === 'object' && value !== null && 'next' in value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
