import type { Agent, Contact } from '../../event/event.ts';
import type { InteractionState } from '../../interaction/tell.ts';
import type { ConversationChange } from '../conversations.ts';
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
  readonly group_id: string;
  readonly incoming_at: number | null;
  readonly variables: string | null;
}

type Variables = Readonly<Record<string, string>>;

const columns = `id, account, contact, open, opened_at, last_at, closed_at, reason, agent, agent_name,
  queue, queue_name, group_id, incoming_at, variables`;

/** The open interaction of a contact, privately or in a group, else the one that was opened last. */
export function latestInteraction(
  sql: Sql,
  account: string,
  contact: Contact,
  group = '',
): InteractionState | undefined {
  const row = sql.get<Row>(
    `SELECT ${columns} FROM interactions WHERE account = ? AND contact = ? AND group_id = ?
     ORDER BY open DESC, opened_at DESC LIMIT 1`,
    account,
    contact.id,
    group,
  );
  return row && read(row, contact);
}

export interface KnownInteraction {
  /** The id of the whatsapp-account. */
  readonly account: string;
  readonly state: InteractionState;
}

export function interactionById(sql: Sql, id: string): KnownInteraction | undefined {
  const row = sql.get<Row>(`SELECT ${columns} FROM interactions WHERE id = ?`, id);
  return row && { account: row.account, state: read(row, contactById(sql, row.contact)) };
}

/** The open interactions of a queue: an agent's, or all. */
export function interactionIds(sql: Sql, queue: string, agent?: string): string[] {
  const open = 'SELECT id FROM interactions WHERE open = 1 AND queue = ?';
  const rows =
    agent === undefined
      ? sql.all<{ id: string }>(open, queue)
      : sql.all<{ id: string }>(`${open} AND agent = ?`, queue, agent);
  return rows.map(({ id }) => id);
}

/** Undefined = nobody looks at it: it is in no queue. */
export function changeOf({ id, queue, agent }: InteractionState): ConversationChange | undefined {
  return queue && { interactionId: id, queueId: queue.id, ...(agent ? { agent } : {}) };
}

export interface Overdue extends KnownInteraction {
  readonly closesAt: number;
}

/**
 * Interactions that are open past their time. A message does not move `look_at`, which is indexed: the
 * ones that lived on since are looked at again when they would be due now.
 */
export function overdueInteractions(sql: Sql, now: number, limit: number): Overdue[] {
  const rows = sql.all<Row & { closes_at: number }>(
    `SELECT ${columns}, last_at + close_after AS closes_at FROM interactions
     WHERE open = 1 AND look_at <= ? ORDER BY look_at LIMIT ?`,
    now,
    limit,
  );
  return rows.flatMap((row) => {
    if (row.closes_at > now) {
      sql.run('UPDATE interactions SET look_at = ? WHERE id = ?', row.closes_at, row.id);
      return [];
    }
    const state = read(row, contactById(sql, row.contact));
    return [{ account: row.account, state, closesAt: row.closes_at }];
  });
}

/**
 * `closeAfter` in minutes; 0 = never. Answers when to look whether a new interaction is idle. What a
 * flow has set goes with the end of the interaction.
 */
export function keepInteraction(
  sql: Sql,
  account: string,
  state: InteractionState,
  closeAfter: number,
): number | undefined {
  const values = [
    state.state === 'open' ? 1 : 0,
    state.lastAt,
    state.closedAt ?? null,
    state.reason ?? null,
    state.agent?.username ?? null,
    state.agent?.name ?? null,
    state.queue?.id ?? null,
    state.queue?.name ?? null,
    state.incomingAt ?? null,
    state.id,
  ];
  const known = sql.run(
    `UPDATE interactions SET open = ?1, last_at = ?2, closed_at = ?3, reason = ?4, agent = ?5,
       agent_name = ?6, queue = ?7, queue_name = ?8, incoming_at = ?9,
       variables = CASE ?1 WHEN 1 THEN variables END WHERE id = ?10`,
    ...values,
  );
  if (known > 0) return undefined;
  const { span, lookAt } = idleLimit(state, closeAfter);
  sql.run(
    `INSERT INTO interactions (open, last_at, closed_at, reason, agent, agent_name, queue,
       queue_name, incoming_at, id, account, contact, group_id, opened_at, close_after, look_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...values,
    account,
    state.contact.id,
    state.group ?? '',
    state.openedAt,
    span,
    lookAt,
  );
  return lookAt ?? undefined;
}

/** What opens again closes by the limit of now. Answers when to look whether it is idle. */
export function renewLimit(
  sql: Sql,
  state: InteractionState,
  closeAfter: number,
): number | undefined {
  const { span, lookAt } = idleLimit(state, closeAfter);
  sql.run(
    'UPDATE interactions SET close_after = ?, look_at = ? WHERE id = ?',
    span,
    lookAt,
    state.id,
  );
  return lookAt ?? undefined;
}

function idleLimit({ lastAt }: InteractionState, closeAfter: number) {
  const span = closeAfter === 0 ? null : closeAfter * 60_000;
  return { span, lookAt: span === null ? null : lastAt + span };
}

export function keepAgent(sql: Sql, id: string, agent: Agent): void {
  sql.run(
    'UPDATE interactions SET agent = ?, agent_name = ? WHERE id = ?',
    agent.username,
    agent.name,
    id,
  );
}

export function setCloseAfter(sql: Sql, account: string, minutes: number): void {
  const span = minutes === 0 ? null : minutes * 60_000;
  sql.run(
    `UPDATE interactions SET close_after = ?1, look_at = last_at + ?1
     WHERE open = 1 AND account = ?2`,
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
    ...(row.group_id === '' ? {} : { group: row.group_id }),
    ...(row.incoming_at === null ? {} : { incomingAt: row.incoming_at }),
    ...(row.variables === null ? {} : { variables: JSON.parse(row.variables) as Variables }),
  };
}
