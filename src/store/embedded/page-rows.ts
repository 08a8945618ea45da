import type { EndedPage, PageContent } from '../contract.ts';
import type { Sql } from './sql.ts';

/**
 * A page is one row, however many agents it is for: `agents` names them. Whoever was shown it, missed it
 * or had it taken from the screen has a row in `page_agents`; for all the others it waits as long as
 * `waiting` says so. `agent` is the only one of the list, so that what is for one agent is found by them.
 */
export interface PageHead {
  readonly seq: number;
  readonly waiting: 0 | 1;
  readonly agents: string;
  readonly id: string;
  readonly key: string;
  readonly desktopId: string;
  readonly kind: PageContent['kind'];
  readonly title: string;
}

/** Without the content, which may be long. A damaged one must not stop a sweep. */
export const pageHead = `seq, waiting, agents, id, key, desktop AS desktopId,
  iif(json_valid(content), json_extract(content, '$.kind'), 'popup') AS kind,
  iif(json_valid(content),
    coalesce(json_extract(content, '$.title'), nullif(json_extract(content, '$.tabTitle'), ''),
      json_extract(content, '$.url')), '') AS title`;

/** False = it was settled before. */
export function settle(
  sql: Sql,
  { seq, desktopId }: Pick<PageHead, 'seq' | 'desktopId'>,
  agent: string,
  state: 'shown' | 'missed',
): boolean {
  const text =
    'INSERT OR IGNORE INTO page_agents (page, desktop, agent, state) VALUES (?, ?, ?, ?)';
  return sql.run(text, seq, desktopId, agent, state) > 0;
}

/** For those of whom `isStale` says so, it waits no longer. */
export function takeBack(
  sql: Sql,
  page: PageHead,
  isStale: (name: string) => boolean,
): EndedPage[] {
  const waited = waitedFor(sql, page);
  const stale = new Set(waited.filter(isStale));
  if (stale.size === 0) return [];
  const names = namesIn(page.agents).filter((name) => !stale.has(name));
  sql.run(
    'UPDATE pages SET waiting = ?, agent = ?, agents = ? WHERE seq = ?',
    stale.size < waited.length ? 1 : 0,
    onlyOne(names),
    JSON.stringify(names),
    page.seq,
  );
  return endings(page, [...stale]);
}

export function endWaiting(sql: Sql, seq: number): void {
  sql.run('UPDATE pages SET waiting = 0 WHERE seq = ?', seq);
}

export function waitedFor(sql: Sql, { seq, waiting, agents }: PageHead): string[] {
  if (!waiting) return [];
  const decided = decidedOf(sql, seq);
  return namesIn(agents).filter((name) => !decided.has(name));
}

/** Those who see it, or still will. */
export function holdersOf(sql: Sql, page: PageHead): string[] {
  const decided = decidedOf(sql, page.seq);
  const shown = [...decided].filter(([, state]) => state === 'shown').map(([name]) => name);
  return [...waitedFor(sql, page), ...shown];
}

function decidedOf(sql: Sql, seq: number): Map<string, string> {
  const rows = sql.all<{ agent: string; state: string }>(
    'SELECT agent, state FROM page_agents WHERE page = ?',
    seq,
  );
  return new Map(rows.map(({ agent, state }) => [agent, state]));
}

export function endings(page: PageHead, agents: readonly string[]): EndedPage[] {
  const { id, key, desktopId, kind, title } = page;
  return agents.map((agent) => ({ id, agent, key, desktopId, kind, title }));
}

export function onlyOne(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '') : '';
}

export function namesIn(agents: string): string[] {
  try {
    const names: unknown = JSON.parse(agents);
    return Array.isArray(names) ? names : [];
  } catch {
    return [];
  }
}
