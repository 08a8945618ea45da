import type { WhatsAppEvent } from '../../event/event.ts';
import type { Changes, StoredEvent } from '../contract.ts';
import type { Sql } from './sql.ts';

/** Gathers what a command brings about while it runs. */
export interface Outcome {
  /** Whether its events go to the flow as soon as they are committed. */
  readonly handed: boolean;
  readonly events: StoredEvent[];
  readonly offersOf: Set<string>;
}

export function outcome(handed: boolean): Outcome {
  return { handed, events: [], offersOf: new Set() };
}

export function keepEvent(sql: Sql, out: Outcome, event: WhatsAppEvent): void {
  const row = sql.get<{ seq: number }>(
    'INSERT INTO events (body, handed) VALUES (?, ?) RETURNING seq',
    JSON.stringify(event),
    out.handed ? 1 : 0,
  );
  out.events.push({ seq: row?.seq ?? 0, event });
}

export function changes(sql: Sql, out: Outcome): Changes {
  const due = sql.get<{ at: number | null }>(
    `SELECT min(at) AS at FROM (
       SELECT min(closes_at) AS at FROM interactions WHERE open = 1 AND closes_at IS NOT NULL
       UNION ALL SELECT min(expires_at) FROM offers
       UNION ALL SELECT min(expires_at) FROM pages WHERE state = 'waiting')`,
  )?.at;
  return {
    events: out.events,
    offersOf: [...out.offersOf],
    ...(typeof due === 'number' ? { nextDue: due } : {}),
  };
}
