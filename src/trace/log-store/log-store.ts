import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { EventSummary } from '../log-types.ts';
import {
  entryOf,
  type EventRow,
  type IndexRow,
  type LogRecord,
  type LogQuery,
  matches,
  type Position,
} from './record.ts';
import { forgetAside, isDamage, numberOf, openLogFile, setAside } from './open-log.ts';

export interface LogStoreOptions {
  readonly file: string;
  /** The oldest go when the file is bigger than this. */
  readonly mostBytes: number;
  readonly warn: (text: string) => void;
}

export interface Found {
  readonly events: readonly EventSummary[];
  /** Where to go on: there may be more. */
  readonly next?: Position;
  /** How far back was looked, in milliseconds. */
  readonly lookedTo: number;
}

/** Rows that are looked at in one turn of the event loop, and in one call. */
const chunk = 500;
const mostLookedAt = 20_000;
/** Whole ones that are found at once; how long a turn is depends on what is done with them. */
const wholeChunk = 100;
const turnMs = 20;

/** Entries deleted in one turn. */
const sweepChunk = 500;

/** The log in its SQLite file. Everything but `find` and `each` is one short turn of the event loop. */
export class LogStore {
  readonly #options: LogStoreOptions;
  #database: DatabaseSync;
  #sql: ReturnType<typeof statements>;

  private constructor(options: LogStoreOptions, database: DatabaseSync) {
    this.#options = options;
    this.#database = database;
    this.#sql = statements(database);
  }

  static async open(options: LogStoreOptions): Promise<LogStore> {
    return new LogStore(options, await openLogFile(options.file, options.warn));
  }

  /** Writes entries, replacing those of the same ids, and notes what was not kept. */
  write(entries: readonly EventRow[], skipped: ReadonlyMap<number, number>): void {
    this.#database.exec('BEGIN');
    try {
      for (const entry of entries) this.#sql.put.run({ ...entry });
      for (const [minute, count] of skipped) this.#sql.skip.run(minute, count);
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Begins anew when an error says that the file is broken; tells whether it was that. */
  async mend(error: unknown): Promise<boolean> {
    if (!isDamage(error)) return false;
    const { file, warn } = this.#options;
    this.#database.close();
    warn(`The trigger log ${file} is damaged. It is now ${setAside(file)}.`);
    this.#database = await openLogFile(file, warn);
    this.#sql = statements(this.#database);
    return true;
  }

  get(id: string): LogRecord | undefined {
    const row = this.#sql.get.get(id) as unknown as EventRow | undefined;
    return row && entryOf(row);
  }

  /** The newest first, in turns: a long search holds nobody up. */
  async find(query: LogQuery): Promise<Found> {
    const events: EventSummary[] = [];
    let at: Position = query.before ?? { at: Number.MAX_SAFE_INTEGER, id: '' };
    for (let looked = 0; looked < mostLookedAt; looked += chunk) {
      const rows = this.#rows(at, query.since ?? 0, chunk);
      for (const row of rows) {
        at = { at: row.at, id: row.id };
        if (!matches(row, query)) continue;
        const { summary } = this.#sql.summary.get(row.id) as { summary: string };
        events.push(JSON.parse(summary) as EventSummary);
        if (events.length === query.limit) return { events, next: at, lookedTo: at.at };
      }
      if (rows.length < chunk) return { events, lookedTo: query.since ?? 0 };
      await setImmediate();
    }
    return { events, next: at, lookedTo: at.at };
  }

  /** Hands over whole entries, the newest first, at most so many; `visit` answers false for enough. */
  async each(
    query: Omit<LogQuery, 'limit'>,
    most: number,
    visit: (entry: LogRecord) => boolean | void,
  ): Promise<void> {
    let at: Position = query.before ?? { at: Number.MAX_SAFE_INTEGER, id: '' };
    let began = performance.now();
    for (let looked = 0; looked < most; looked += wholeChunk) {
      const rows = this.#rows(at, query.since ?? 0, wholeChunk);
      for (const row of rows) {
        at = { at: row.at, id: row.id };
        const entry = matches(row, { ...query, limit: 0 }) ? this.get(row.id) : undefined;
        if (entry && visit(entry) === false) return;
        if (performance.now() - began < turnMs) continue;
        await setImmediate();
        began = performance.now();
      }
      if (rows.length < wholeChunk) return;
    }
  }

  /** Whether something of this time was not kept. */
  isSampled(since: number, before: number): boolean {
    return this.#sql.skipped.get(minuteOf(since), minuteOf(before)) !== undefined;
  }

  /** Deletes some of what is older, or too much; tells whether there is more to delete. */
  sweep(oldest: number): boolean {
    const isFull = this.#bytes() > this.#options.mostBytes;
    const { changes } = isFull
      ? this.#sql.deleteOldest.run(sweepChunk)
      : this.#sql.deleteOld.run(oldest, sweepChunk);
    this.#sql.forget.run(minuteOf(oldest));
    forgetAside(this.#options.file, oldest);
    this.#database.exec('PRAGMA incremental_vacuum(2000)');
    return Number(changes) === sweepChunk;
  }

  close(): void {
    this.#database.close();
  }

  #bytes(): number {
    const pages =
      numberOf(this.#database, 'page_count') - numberOf(this.#database, 'freelist_count');
    return pages * numberOf(this.#database, 'page_size');
  }

  #rows(before: Position, since: number, most: number): readonly IndexRow[] {
    return this.#sql.rows.all(before.at, before.id, since, most) as unknown as IndexRow[];
  }
}

export function minuteOf(at: number): number {
  return Math.floor(at / 60_000);
}

function statements(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    put: prepare(`INSERT OR REPLACE INTO event
      (id, at, name, account, phone, interaction, outcome, nodes, words, summary, event, variables, masked, steps)
      VALUES (:id, :at, :name, :account, :phone, :interaction, :outcome, :nodes, :words, :summary,
        :event, :variables, :masked, :steps)`),
    skip: prepare(`INSERT INTO skipped (minute, count) VALUES (?, ?)
      ON CONFLICT (minute) DO UPDATE SET count = count + excluded.count`),
    get: prepare('SELECT * FROM event WHERE id = ?'),
    summary: prepare('SELECT summary FROM event WHERE id = ?'),
    rows: prepare(`SELECT at, id, account, phone, interaction, outcome, nodes, words FROM event
      WHERE (at, id) < (?, ?) AND at >= ? ORDER BY at DESC, id DESC LIMIT ?`),
    skipped: prepare('SELECT 1 FROM skipped WHERE minute BETWEEN ? AND ? LIMIT 1'),
    deleteOld: prepare(`DELETE FROM event WHERE rowid IN
      (SELECT rowid FROM event WHERE at < ? ORDER BY at LIMIT ?)`),
    deleteOldest: prepare(`DELETE FROM event WHERE rowid IN
      (SELECT rowid FROM event ORDER BY at LIMIT ?)`),
    forget: prepare('DELETE FROM skipped WHERE minute < ?'),
  };
}
