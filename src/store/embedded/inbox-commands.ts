import type { WhatsAppEvent } from '../../event/event.ts';
import type { Quarantined, StoredEvent } from '../contract.ts';
import type { Sql } from './sql.ts';

/** How many times an event may have been under way when the process died before it is set aside. */
const crashLimit = 3;

/** One crash before that it is taken alone: the last one shall count against nobody else. */
const suspectAt = crashLimit - 1;

export function take(sql: Sql, after: number, limit: number): StoredEvent[] {
  acquit(sql, after);
  const alone = isSuspect(sql, after);
  return sql
    .all<{ seq: number; body: string; again: number }>(
      `UPDATE events SET handed = 1 WHERE seq IN
         (SELECT seq FROM events WHERE seq > ? AND handed = 0 ORDER BY seq LIMIT ?)
       RETURNING seq, body, again`,
      after,
      alone ? 1 : limit,
    )
    .sort((a, b) => a.seq - b.seq)
    .map(({ seq, body, again }) => {
      const event = JSON.parse(body) as WhatsAppEvent;
      const told = again ? { ...event, redelivered: true } : event;
      return { seq, event: told, ...(alone ? { alone } : {}) };
    });
}

/** What was handed out alone and let others come after it is not what kills the process. */
function acquit(sql: Sql, seq: number): void {
  sql.run('UPDATE events SET crashes = 1 WHERE seq = ? AND crashes >= ?', seq, suspectAt);
}

/** What is handed out goes in order, so that suspects come before all others. */
function isSuspect(sql: Sql, after: number): boolean {
  const next = sql.get<{ crashes: number }>(
    'SELECT crashes FROM events WHERE seq > ? AND handed = 0 ORDER BY seq LIMIT 1',
    after,
  );
  return (next?.crashes ?? 0) >= suspectAt;
}

/**
 * What was under way when the process died comes again; an event that was there every time, the last
 * time alone, goes to quarantine. Answers how many went there.
 */
export function recover(sql: Sql, now: number): number {
  sql.run('BEGIN IMMEDIATE');
  sql.run('UPDATE events SET handed = 0, again = 1, crashes = crashes + 1 WHERE handed = 1');
  sql.run(
    `INSERT INTO quarantine (at, account, path, reason, body)
     SELECT ?, body ->> '$.account.id', '', ?, body FROM events WHERE crashes >= ?`,
    now,
    `The process died ${crashLimit} times while this event was under way.`,
    crashLimit,
  );
  const setAside = sql.run('DELETE FROM events WHERE crashes >= ?', crashLimit);
  sql.run('COMMIT');
  return setAside;
}

/** At an orderly end: what is under way comes again, and no crash counts against anything any more. */
export function handBack(sql: Sql): void {
  sql.run('UPDATE events SET handed = 0, again = 1 WHERE handed = 1');
  sql.run('UPDATE events SET crashes = 0 WHERE crashes > 0');
}

export function finish(sql: Sql, seqs: readonly number[]): void {
  for (const seq of seqs) {
    const row = sql.get<{ account: string; bytes: number }>(
      'DELETE FROM events WHERE seq = ? RETURNING account, bytes',
      seq,
    );
    if (row) sql.tally.remove(row.account, row.bytes);
  }
}

/** Counts what waits at the start. */
export function countWaiting(sql: Sql): void {
  const rows = sql.all<{ account: string; bytes: number }>('SELECT account, bytes FROM events');
  rows.forEach(({ account, bytes }) => sql.tally.add(account, bytes));
  sql.tally.commit();
}

export function quarantine(sql: Sql, entry: Omit<Quarantined, 'id'>): void {
  sql.run(
    'INSERT INTO quarantine (at, account, path, reason, body) VALUES (?, ?, ?, ?, ?)',
    entry.at,
    entry.accountId,
    entry.path,
    entry.reason,
    entry.body,
  );
}

export function quarantined(sql: Sql, limit: number): Quarantined[] {
  return sql.all<Quarantined>(
    `SELECT id, at, account AS accountId, path, reason, body FROM quarantine
     ORDER BY id DESC LIMIT ?`,
    limit,
  );
}
