import type { SQLInputValue } from 'node:sqlite';
import type {
  ForwardChange,
  ForwardChoice,
  ForwardCounts,
  ForwardState,
  ForwardSummary,
  KeptForward,
  PendingForward,
} from '../forwards.ts';
import { checksum } from './checksum.ts';
import type { Sql } from './sql.ts';

interface Row {
  readonly seq: number;
  readonly id: string;
  readonly node: string;
  readonly target: string;
  readonly lane: string;
  readonly request: string | null;
  readonly message: string;
  readonly state: ForwardState;
  readonly attempts: number;
  readonly next_at: number;
  readonly created_at: number;
  readonly code: string | null;
  readonly reason: string | null;
  readonly status: number | null;
}

type SummaryRow = Omit<Row, 'request' | 'message' | 'lane'>;

const summaryColumns =
  'seq, id, node, target, state, attempts, next_at, created_at, code, reason, status';
const pendingColumns = 'seq, id, lane, state, attempts, next_at AS nextAt, created_at AS createdAt';
const pending = "state IN ('waiting', 'answered')";

export function keepForward(sql: Sql, forward: KeptForward): boolean {
  return (
    sql.run(
      `INSERT INTO forwards (id, node, target, lane, request, message, state, attempts, next_at,
         created_at, code, reason, status, crc, request_crc)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET target = excluded.target, lane = excluded.lane,
         request = excluded.request, message = excluded.message, state = excluded.state,
         attempts = excluded.attempts, next_at = excluded.next_at,
         created_at = excluded.created_at, code = excluded.code, reason = excluded.reason,
         status = excluded.status, crc = excluded.crc,
         request_crc = excluded.request_crc
       WHERE forwards.state = 'dead'`,
      forward.id,
      forward.node,
      forward.target,
      forward.lane,
      forward.request ?? null,
      forward.message,
      forward.state,
      forward.attempts,
      forward.nextAt,
      forward.createdAt,
      forward.code ?? null,
      forward.reason ?? null,
      forward.status ?? null,
      checksum(forward.id, forward.message),
      checksum(forward.id, forward.request ?? ''),
    ) > 0
  );
}

export function forward(sql: Sql, id: string): KeptForward | undefined {
  const row = sql.get<Row>('SELECT * FROM forwards WHERE id = ?', id);
  if (!row) return undefined;
  const { lane, request, message } = row;
  return { ...summary(row), lane, request: request ?? undefined, message };
}

export function forwardsPending(
  sql: Sql,
  node: string,
  after: number,
  limit: number,
): PendingForward[] {
  return sql.all<PendingForward>(
    `SELECT ${pendingColumns} FROM forwards
     WHERE node = ? AND ${pending} AND seq > ? ORDER BY seq LIMIT ?`,
    node,
    after,
    limit,
  );
}

const changeable = {
  message: 'message',
  state: 'state',
  attempts: 'attempts',
  nextAt: 'next_at',
  code: 'code',
  reason: 'reason',
  status: 'status',
} as const satisfies Record<keyof ForwardChange, string>;

export function changeForward(sql: Sql, id: string, change: ForwardChange): boolean {
  const keys = (Object.keys(changeable) as (keyof ForwardChange)[]).filter((key) => key in change);
  const set = keys.map((key) => `${changeable[key]} = ?`).join(', ');
  const values = keys.map((key) => change[key] ?? null);
  if (change.message !== undefined) {
    sql.run('UPDATE forwards SET crc = ? WHERE id = ?', checksum(id, change.message), id);
  }
  return sql.run(`UPDATE forwards SET ${set} WHERE id = ?`, ...values, id) > 0;
}

/** A dead letter gets a whole new schedule, by what its node says now. */
export function resendForwards(sql: Sql, choice: ForwardChoice, now: number): PendingForward[] {
  const { where, values } = chosen(choice);
  return sql
    .all<PendingForward>(
      `UPDATE forwards SET next_at = ?,
         attempts = CASE state WHEN 'dead' THEN 0 ELSE attempts END,
         request = CASE state WHEN 'dead' THEN NULL ELSE request END,
         state = 'waiting'
       WHERE ${where} AND state <> 'answered' RETURNING ${pendingColumns}`,
      now,
      ...values,
    )
    .sort((a, b) => a.seq - b.seq);
}

export function removeForwards(sql: Sql, choice: ForwardChoice): void {
  const { where, values } = chosen(choice);
  sql.run(`DELETE FROM forwards WHERE ${where}`, ...values);
}

export function cancelForwards(sql: Sql, node: string, reason: string): void {
  sql.run(
    `UPDATE forwards SET state = 'dead', code = 'E_CONFIG', reason = ?
     WHERE node = ? AND ${pending}`,
    reason,
    node,
  );
}

export function forwards(sql: Sql, node: string | undefined, limit: number): ForwardSummary[] {
  return sql
    .all<SummaryRow>(
      `SELECT ${summaryColumns} FROM forwards WHERE ?1 IS NULL OR node = ?1
       ORDER BY seq DESC LIMIT ?2`,
      node ?? null,
      limit,
    )
    .map(summary);
}

export function countForwards(sql: Sql, node: string | undefined): ForwardCounts {
  const rows = sql.all<{ dead: number; count: number }>(
    `SELECT state = 'dead' AS dead, count(*) AS count FROM forwards
     WHERE ?1 IS NULL OR node = ?1 GROUP BY state = 'dead'`,
    node ?? null,
  );
  const count = (dead: number): number => rows.find((row) => row.dead === dead)?.count ?? 0;
  return { waiting: count(0), dead: count(1) };
}

/** Dead letters nobody has looked at; what waits stays however old it is. Answers the node of each. */
export function trimForwards(sql: Sql, before: number, slice: number): string[] {
  return sql
    .all<Pick<Row, 'node'>>(
      `DELETE FROM forwards WHERE seq IN
         (SELECT seq FROM forwards WHERE state = 'dead' AND created_at < ? LIMIT ?)
       RETURNING node`,
      before,
      slice,
    )
    .map(({ node }) => node);
}

function chosen({ node, ids }: ForwardChoice): { where: string; values: SQLInputValue[] } {
  const byNode = node === undefined ? [] : [node];
  if (ids === undefined) return { where: "node = ? AND state = 'dead'", values: [node ?? ''] };
  const where = 'id IN (SELECT value FROM json_each(?))';
  return {
    where: byNode.length > 0 ? `${where} AND node = ?` : where,
    values: [JSON.stringify(ids), ...byNode],
  };
}

function summary(row: SummaryRow): ForwardSummary {
  return {
    id: row.id,
    node: row.node,
    target: row.target,
    state: row.state,
    attempts: row.attempts,
    nextAt: row.next_at,
    createdAt: row.created_at,
    code: row.code ?? undefined,
    reason: row.reason ?? undefined,
    status: row.status ?? undefined,
  };
}
