import { randomUUID } from 'node:crypto';
import type { AddedPage, Page, PageClaim, PageContent, PageRequest } from '../contract.ts';
import {
  endWaiting,
  holdersOf,
  namesIn,
  onlyOne,
  pageHead,
  type PageHead,
  settle,
  takeBack,
} from './page-rows.ts';
import type { Sql } from './sql.ts';

interface Row {
  readonly id: string;
  readonly key: string;
  readonly repeat: Page['repeat'];
  readonly content: string;
  readonly created_at: number;
  readonly expires_at: number;
}

export function addPage(sql: Sql, request: PageRequest): AddedPage | undefined {
  const { desktopId, key, repeat, content, createdAt, expiresAt } = request;
  const isOnce = repeat === 'once' || request.redelivered === true;
  const same = isOnce ? pagesOfKey(sql, desktopId, key) : [];
  const place = replaceable(sql, request);
  const holders = new Set([...same, ...newerOf(place, same)].flatMap((one) => holdersOf(sql, one)));
  const agents = new Set(request.agents.filter((name) => !holders.has(name)));
  if (agents.size === 0) return undefined;
  const replaced = place.flatMap((one) => takeBack(sql, one, (name) => agents.has(name)));
  const page: Page = { id: randomUUID(), key, repeat, content, createdAt, expiresAt };
  const names = [...agents];
  sql.run(
    `INSERT INTO pages (id, desktop, waiting, created_at, expires_at, key, repeat, interaction,
       agent, agents, content) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)`,
    page.id,
    desktopId,
    createdAt,
    expiresAt,
    key,
    repeat,
    request.interactionId ?? null,
    onlyOne(names),
    JSON.stringify(names),
    JSON.stringify(content),
  );
  return { page, agents: names, replaced };
}

/** What many agents claim at a time is one change: of a page for all, most of them do. */
export function claimPages(sql: Sql, claims: readonly PageClaim[], now: number): boolean[] {
  const pages = new Map<string, ClaimedPage | undefined>();
  const granted = claims.map(({ pageId, agent }) => {
    if (!pages.has(pageId)) pages.set(pageId, claimable(sql, pageId, now));
    const page = pages.get(pageId);
    return page !== undefined && page.agents.has(agent) && settle(sql, page, agent, 'shown');
  });
  for (const page of pages.values()) {
    if (page && isSettled(sql, page)) endWaiting(sql, page.seq);
  }
  return granted;
}

export function pagesWaiting(sql: Sql, desktop: string, agent: string, now: number): Page[] {
  // A quotation mark within a name is never the first character after a comma or a bracket.
  return sql
    .all<Row>(
      `SELECT id, key, repeat, content, created_at, expires_at FROM pages
       WHERE desktop = ?1 AND waiting = 1 AND agent IN (?2, '') AND expires_at > ?3
         AND (instr(agents, '[' || ?4) = 1 OR instr(agents, ',' || ?4) > 0)
         AND NOT EXISTS (SELECT 1 FROM page_agents WHERE page = pages.seq AND agent = ?2)
       ORDER BY seq`,
      desktop,
      agent,
      now,
      JSON.stringify(agent),
    )
    .map(read);
}

export function pagesMissed(sql: Sql, desktop: string, agent: string, limit: number): Page[] {
  return listed(sql, 'missed', desktop, agent, limit);
}

export function pagesShown(sql: Sql, desktop: string, agent: string, limit: number): Page[] {
  return listed(sql, 'shown', desktop, agent, limit);
}

function listed(
  sql: Sql,
  state: 'missed' | 'shown',
  desktop: string,
  agent: string,
  limit: number,
): Page[] {
  return sql
    .all<Row>(
      `SELECT id, key, repeat, content, created_at, expires_at
       FROM page_agents JOIN pages ON pages.seq = page_agents.page
       WHERE page_agents.desktop = ? AND page_agents.agent = ? AND state = ?
       ORDER BY page DESC LIMIT ?`,
      desktop,
      agent,
      state,
      limit,
    )
    .map(read);
}

function pagesOfKey(sql: Sql, desktop: string, key: string): PageHead[] {
  return sql.all<PageHead>(
    `SELECT ${pageHead} FROM pages WHERE desktop = ? AND key = ?`,
    desktop,
    key,
  );
}

/** What came after the first page of an event that comes again: its page is not to take their place. */
function newerOf(place: readonly PageHead[], same: readonly PageHead[]): PageHead[] {
  const first = Math.min(...same.map(({ seq }) => seq));
  return place.filter(({ seq }) => seq > first);
}

function replaceable(sql: Sql, { desktopId, repeat, replaces }: PageRequest): PageHead[] {
  if (repeat !== 'replace' || replaces === undefined) return [];
  return sql.all<PageHead>(
    `SELECT ${pageHead} FROM pages
     WHERE desktop = ?1 AND (key = ?2 OR key > ?2 || ':' AND key < ?2 || ';')`,
    desktopId,
    replaces,
  );
}

type ClaimedPage = Pick<PageHead, 'seq' | 'desktopId'> & { readonly agents: ReadonlySet<string> };

function claimable(sql: Sql, id: string, now: number): ClaimedPage | undefined {
  const row = sql.get<Pick<PageHead, 'seq' | 'desktopId' | 'agents'>>(
    `SELECT seq, desktop AS desktopId, agents FROM pages
     WHERE id = ? AND waiting = 1 AND expires_at > ?`,
    id,
    now,
  );
  return row && { ...row, agents: new Set(namesIn(row.agents)) };
}

function isSettled(sql: Sql, { seq, agents }: ClaimedPage): boolean {
  const settled = 'SELECT count(*) AS count FROM page_agents WHERE page = ?';
  return (sql.get<{ count: number }>(settled, seq)?.count ?? 0) >= agents.size;
}

function read(row: Row): Page {
  return {
    id: row.id,
    key: row.key,
    repeat: row.repeat,
    content: JSON.parse(row.content) as PageContent,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
