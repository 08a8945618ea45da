import type { WhatsAppEvent } from '../../event/event.ts';
import type { Quarantined, StoredEvent } from '../contract.ts';
import type { Sql } from './sql.ts';

export function take(sql: Sql, after: number, limit: number): StoredEvent[] {
  return sql
    .all<{ seq: number; body: string; again: number }>(
      `UPDATE events SET handed = 1 WHERE seq IN
         (SELECT seq FROM events WHERE seq > ? AND handed = 0 ORDER BY seq LIMIT ?)
       RETURNING seq, body, again`,
      after,
      limit,
    )
    .sort((a, b) => a.seq - b.seq)
    .map(({ seq, body, again }) => {
      const event = JSON.parse(body) as WhatsAppEvent;
      return { seq, event: again ? { ...event, redelivered: true } : event };
    });
}

/** How many times an event may have been under way when the process died before it is set aside. */
const crashLimit = 3;

/**
 * What was under way when the process died comes again; an event that was there every time may be
 * what kills it, and goes to quarantine.
 */
export function recover(sql: Sql, now: number): void {
  sql.run('UPDATE events SET handed = 0, again = 1, crashes = crashes + 1 WHERE handed = 1');
  sql.run(
    `INSERT INTO quarantine (at, account, path, reason, body)
     SELECT ?, body ->> '$.account.id', '', ?, body FROM events WHERE crashes >= ?`,
    now,
    `The process died ${crashLimit} times while this event was under way.`,
    crashLimit,
  );
  sql.run('DELETE FROM events WHERE crashes >= ?', crashLimit);
}

/** At an orderly end: what is under way comes again, but no crash is counted against it. */
export function handBack(sql: Sql): void {
  sql.run('UPDATE events SET handed = 0, again = 1 WHERE handed = 1');
}

export function finish(sql: Sql, seqs: readonly number[]): void {
  for (const seq of seqs) sql.run('DELETE FROM events WHERE seq = ?', seq);
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
