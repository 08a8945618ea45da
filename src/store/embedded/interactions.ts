import type { Contact } from '../../event/event.ts';
import type { InteractionState } from '../../interaction/interaction.ts';
import { contactById } from './contacts.ts';
import type { Sql } from './sql.ts';

interface Row {
  readonly id: string;
  readonly account: string;
  readonly contact: string;
  readonly open: number;
  readonly opened_at: number;
  readonly last_at: number;
  readonly closed_at: number | null;
  readonly reason: string | null;
  readonly agent: string | null;
  readonly agent_name: string | null;
  readonly queue: string | null;
  readonly queue_name: string | null;
}

const columns = `id, account, contact, open, opened_at, last_at, closed_at, reason, agent, agent_name,
  queue, queue_name`;

/** The open interaction of a contact, else the one that was opened last. */
export function latestInteraction(
  sql: Sql,
  account: string,
  contact: Contact,
): InteractionState | undefined {
  const row = sql.get<Row>(
    `SELECT ${columns} FROM interactions WHERE account = ? AND contact = ?
     ORDER BY open DESC, opened_at DESC LIMIT 1`,
    account,
    contact.id,
  );
  return row && read(row, contact);
}

export function interactionById(
  sql: Sql,
  id: string,
): { readonly account: string; readonly state: InteractionState } | undefined {
  const row = sql.get<Row>(`SELECT ${columns} FROM interactions WHERE id = ?`, id);
  return row && { account: row.account, state: read(row, contactById(sql, row.contact)) };
}

export interface Overdue {
  readonly account: string;
  readonly state: InteractionState;
  readonly closesAt: number;
}

/** Interactions that are open past their time, oldest deadline first. */
export function overdueInteractions(sql: Sql, now: number, limit: number): Overdue[] {
  return sql
    .all<Row & { closes_at: number }>(
      `SELECT ${columns}, closes_at FROM interactions
       WHERE open = 1 AND closes_at <= ? ORDER BY closes_at LIMIT ?`,
      now,
      limit,
    )
    .map((row) => ({
      account: row.account,
      state: read(row, contactById(sql, row.contact)),
      closesAt: row.closes_at,
    }));
}

/** `closeAfter` in minutes; 0 = never. */
export function keepInteraction(
  sql: Sql,
  account: string,
  state: InteractionState,
  closeAfter: number,
): void {
  sql.run(
    `INSERT INTO interactions (${columns}, closes_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET open = excluded.open, last_at = excluded.last_at,
       closed_at = excluded.closed_at, reason = excluded.reason, closes_at = excluded.closes_at,
       agent = excluded.agent, agent_name = excluded.agent_name, queue = excluded.queue,
       queue_name = excluded.queue_name`,
    state.id,
    account,
    state.contact.id,
    state.state === 'open' ? 1 : 0,
    state.openedAt,
    state.lastAt,
    state.closedAt ?? null,
    state.reason ?? null,
    state.agent?.username ?? null,
    state.agent?.name ?? null,
    state.queue?.id ?? null,
    state.queue?.name ?? null,
    closeAfter === 0 ? null : state.lastAt + closeAfter * 60_000,
  );
}

export function setCloseAfter(sql: Sql, account: string, minutes: number): void {
  const span = minutes === 0 ? null : minutes * 60_000;
  sql.run(
    'UPDATE interactions SET closes_at = last_at + ? WHERE open = 1 AND account = ?',
    span,
    account,
  );
}

function read(row: Row, contact: Contact): InteractionState {
  return {
    id: row.id,
    contact,
    state: row.open ? 'open' : 'closed',
    openedAt: row.opened_at,
    lastAt: row.last_at,
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.agent === null ? {} : { agent: { username: row.agent, name: row.agent_name ?? '' } }),
    ...(row.queue === null ? {} : { queue: { id: row.queue, name: row.queue_name ?? '' } }),
  };
}
