import { randomUUID } from 'node:crypto';
import type { EndedPage, Page, PageContent, PageRequest } from '../contract.ts';
import type { Outcome } from './outcome.ts';
import type { Sql } from './sql.ts';

interface Row {
  readonly id: string;
  readonly agent: string;
  readonly key: string;
  readonly repeat: Page['repeat'];
  readonly content: string;
  readonly created_at: number;
  readonly expires_at: number;
}

export function addPages(sql: Sql, request: PageRequest): Page[] {
  return request.agents.flatMap((agent) => addPage(sql, request, agent) ?? []);
}

function addPage(sql: Sql, request: PageRequest, agent: string): Page | undefined {
  const { desktopId, key, repeat } = request;
  if (repeat === 'once' && hasPage(sql, desktopId, agent, key)) return undefined;
  if (repeat === 'replace') {
    sql.run(
      `UPDATE pages SET state = 'withdrawn'
       WHERE desktop = ? AND agent = ? AND key = ? AND state = 'waiting'`,
      desktopId,
      agent,
      key,
    );
  }
  const page: Page = {
    id: randomUUID(),
    agent,
    key,
    repeat,
    content: request.content,
    createdAt: request.createdAt,
    expiresAt: request.expiresAt,
  };
  sql.run(
    `INSERT INTO pages (id, desktop, agent, key, repeat, interaction, content, created_at,
       expires_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')`,
    page.id,
    desktopId,
    agent,
    key,
    repeat,
    request.interactionId ?? null,
    JSON.stringify(page.content),
    page.createdAt,
    page.expiresAt,
  );
  return page;
}

function hasPage(sql: Sql, desktop: string, agent: string, key: string): boolean {
  return (
    sql.get(
      `SELECT 1 FROM pages WHERE desktop = ? AND agent = ? AND key = ?
         AND state IN ('waiting', 'shown') LIMIT 1`,
      desktop,
      agent,
      key,
    ) !== undefined
  );
}

export function pagesWaiting(sql: Sql, desktop: string, agent: string, now: number): Page[] {
  return select(sql, "state = 'waiting' AND expires_at > ?", desktop, agent, now, -1).toReversed();
}

export function pagesMissed(sql: Sql, desktop: string, agent: string, limit: number): Page[] {
  return select(sql, "state = 'missed' AND expires_at > ?", desktop, agent, 0, limit);
}

export function pagesShown(sql: Sql, desktop: string, agent: string, limit: number): Page[] {
  return select(sql, "state = 'shown' AND expires_at > ?", desktop, agent, 0, limit);
}

function select(
  sql: Sql,
  where: string,
  desktop: string,
  agent: string,
  after: number,
  limit: number,
): Page[] {
  return sql
    .all<Row>(
      `SELECT id, agent, key, repeat, content, created_at, expires_at FROM pages
       WHERE desktop = ? AND agent = ? AND ${where} ORDER BY created_at DESC, rowid DESC LIMIT ?`,
      desktop,
      agent,
      after,
      limit,
    )
    .map(read);
}

export function claimPage(sql: Sql, id: string, now: number): boolean {
  return (
    sql.run(
      "UPDATE pages SET state = 'shown' WHERE id = ? AND state = 'waiting' AND expires_at > ?",
      id,
      now,
    ) > 0
  );
}

/** What an ended page is told by: its content stays where it is. A damaged one must not stop a sweep. */
const ended = `id, agent, key, desktop AS desktopId,
  iif(json_valid(content), json_extract(content, '$.kind'), 'popup') AS kind,
  iif(json_valid(content),
    coalesce(json_extract(content, '$.title'), json_extract(content, '$.tabTitle')), '') AS title`;

/** Pages that nobody was shown in time are missed. */
export function expirePages(sql: Sql, out: Outcome, now: number, limit: number): void {
  const expired = sql.all<EndedPage>(
    `UPDATE pages SET state = 'missed' WHERE rowid IN
       (SELECT rowid FROM pages WHERE state = 'waiting' AND expires_at <= ? LIMIT ?)
     RETURNING ${ended}`,
    now,
    limit,
  );
  out.pagesMissed += expired.length;
  out.pagesExpired.push(...expired.map((page) => ({ ...page })));
}

/** What still waits for other agents is stale once one has taken the interaction, or it has closed. */
export function withdrawPages(
  sql: Sql,
  out: Outcome,
  interactionId: string,
  exceptAgent?: string,
): void {
  const withdrawn = sql.all<EndedPage>(
    `UPDATE pages SET state = 'withdrawn'
     WHERE interaction = ? AND state = 'waiting' AND agent IS NOT ?
     RETURNING ${ended}`,
    interactionId,
    exceptAgent ?? null,
  );
  out.pagesWithdrawn.push(...withdrawn.map((page) => ({ ...page })));
}

function read(row: Row): Page {
  return {
    id: row.id,
    agent: row.agent,
    key: row.key,
    repeat: row.repeat,
    content: JSON.parse(row.content) as PageContent,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
