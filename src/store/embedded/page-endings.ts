import type { Outcome } from './outcome.ts';
import {
  endings,
  endWaiting,
  pageHead,
  type PageHead,
  settle,
  takeBack,
  waitedFor,
} from './page-rows.ts';
import type { Sql } from './sql.ts';

/** Pages that somebody was not shown in time are missed. It pauses after each: many may miss one. */
export function* expirePages(
  sql: Sql,
  out: Outcome,
  now: number,
  limit: number,
): Generator<void, void> {
  const due = sql.all<PageHead>(
    `SELECT ${pageHead} FROM pages WHERE waiting = 1 AND expires_at <= ? ORDER BY expires_at LIMIT ?`,
    now,
    limit,
  );
  for (const page of due) {
    const names = waitedFor(sql, page);
    for (const name of names) settle(sql, page, name, 'missed');
    endWaiting(sql, page.seq);
    out.pagesMissed += names.length;
    out.pagesExpired.push(...endings(page, names));
    if (out.pagesMissed >= limit) return;
    yield;
  }
}

/** What still waits for other agents is stale once one has taken the interaction, or it has closed. */
export function withdrawPages(
  sql: Sql,
  out: Outcome,
  interactionId: string,
  exceptAgent?: string,
): void {
  for (const page of pagesOf(sql, interactionId, 'waiting = 1')) {
    out.pagesWithdrawn.push(...takeBack(sql, page, (name) => name !== exceptAgent));
  }
}

/**
 * Once an agent has taken what was on offer, the popups about it are stale on the screens of the others
 * too. A page of another site stays: somebody may be at work there.
 */
export function withdrawShown(sql: Sql, out: Outcome, interactionId: string, agent: string): void {
  for (const page of pagesOf(sql, interactionId, "kind = 'popup'")) {
    const shown = sql.all<{ agent: string }>(
      `UPDATE page_agents SET state = 'withdrawn' WHERE page = ? AND state = 'shown' AND agent <> ?
       RETURNING agent`,
      page.seq,
      agent,
    );
    const names = shown.map((row) => row.agent);
    out.pagesWithdrawn.push(...endings(page, names));
  }
}

/** The oldest stand first. Who was shown them goes with them. Answers whether more may be left. */
export function trimPages(sql: Sql, before: number, slice: number): boolean {
  const trimmed = sql.run(
    `DELETE FROM pages WHERE seq IN
       (SELECT seq FROM (SELECT seq, created_at, waiting FROM pages ORDER BY seq LIMIT ?)
        WHERE created_at < ? AND waiting = 0)`,
    slice,
    before,
  );
  return trimmed === slice;
}

function pagesOf(sql: Sql, interactionId: string, which: string): PageHead[] {
  const text = `SELECT ${pageHead} FROM pages WHERE interaction = ? AND ${which}`;
  return sql.all<PageHead>(text, interactionId);
}
