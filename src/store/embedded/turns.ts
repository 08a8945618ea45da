import type { Turn } from '../offers.ts';
import type { Sql } from './sql.ts';

interface Row {
  readonly agent: string;
  readonly offered_at: number | null;
  readonly accepted_at: number | null;
}

/** No two are the same, however fast they follow each other and whatever the clock does. */
export function noteTurn(
  sql: Sql,
  column: 'offered_at' | 'accepted_at',
  queue: string,
  agent: string,
  now: number,
): void {
  sql.run(
    `INSERT INTO turns (queue, agent, ${column})
     VALUES (?1, ?2, max(?3, (SELECT coalesce(max(${column}), 0) + 1 FROM turns WHERE queue = ?1)))
     ON CONFLICT (queue, agent) DO UPDATE SET ${column} = excluded.${column}`,
    queue,
    agent,
    now,
  );
}

export function turns(sql: Sql, queueIds: readonly string[]): Turn[] {
  return queueIds.flatMap((queueId) =>
    sql
      .all<Row>('SELECT agent, offered_at, accepted_at FROM turns WHERE queue = ?', queueId)
      .map(({ agent, offered_at, accepted_at }) => ({
        queueId,
        agent,
        ...(offered_at === null ? {} : { offeredAt: offered_at }),
        ...(accepted_at === null ? {} : { acceptedAt: accepted_at }),
      })),
  );
}

/** Whose turn it was so long ago begins anew. */
export function trimTurns(sql: Sql, before: number): void {
  sql.run(
    'DELETE FROM turns WHERE max(coalesce(offered_at, 0), coalesce(accepted_at, 0)) < ?',
    before,
  );
}
