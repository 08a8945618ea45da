import { randomUUID } from 'node:crypto';
import type { Account } from '../../event/event.ts';
import { close } from '../../interaction/interaction.ts';
import type { AccountPolicy, Changes } from '../contract.ts';
import { trimForwards } from './forwards.ts';
import { keepInteraction, overdueInteractions, setCloseAfter } from './interactions.ts';
import { expireOffers, withdrawOffer } from './offers.ts';
import { changes, expect, expectAll, keepEvent, type Outcome, outcome } from './outcome.ts';
import { expirePages, withdrawPages } from './pages.ts';
import type { Sql } from './sql.ts';

/** One sweep takes at most this many of each kind, so that no transaction grows long. */
const slice = 500;
const day = 86_400_000;

/** Clocks are corrected by less than this all the time. */
const slack = 60_000;

export function setPolicy(sql: Sql, policy: AccountPolicy): Changes {
  const { account, closeAfter } = policy;
  sql.run(
    'INSERT INTO accounts VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
    account.id,
    JSON.stringify(account),
  );
  setCloseAfter(sql, account.id, closeAfter);
  const out = outcome(false);
  expectAll(sql, out);
  return changes(out);
}

export function sweep(sql: Sql, now: number, retentionDays: number, handOut: boolean): Changes {
  const out = outcome(handOut);
  healFuture(sql, now);
  closeIdle(sql, out, now);
  expireOffers(sql, out, now, slice);
  out.pagesMissed = expirePages(sql, now, slice);
  const more = trim(sql, now - retentionDays * day);
  expectAll(sql, out);
  if (more) expect(out, now);
  return changes(out);
}

/** An interaction closes when its time was up, even if nobody was there to see it then. */
function closeIdle(sql: Sql, out: Outcome, now: number): void {
  for (const { account, state, closesAt } of overdueInteractions(sql, now, slice)) {
    const step = close(state, 'inactivity', closesAt, {
      account: accountById(sql, account),
      receivedAt: now,
      eventId: randomUUID(),
      interactionId: '',
    });
    keepInteraction(sql, account, step.state, 0);
    withdrawOffer(sql, out, state.id);
    withdrawPages(sql, out, state.id);
    keepEvent(sql, out, step.event);
  }
}

/** Where a clock was set back, an offer or a page would else stand until the clock is there again. */
function healFuture(sql: Sql, now: number): void {
  for (const table of ['offers', 'pages']) {
    sql.run(
      `UPDATE ${table} SET created_at = ?1, expires_at = expires_at - created_at + ?1
       WHERE created_at > ?2`,
      now,
      now + slack,
    );
  }
}

/** Answers whether more is left to trim. */
function trim(sql: Sql, before: number): boolean {
  const old = 'IN (SELECT rowid FROM';
  const trimmed = [
    sql.run(
      `DELETE FROM seen WHERE (account, key) IN
         (SELECT account, key FROM seen WHERE at < ? ORDER BY at LIMIT ${slice})`,
      before,
    ),
    sql.run(
      `DELETE FROM pages WHERE rowid ${old} pages
         WHERE created_at < ? AND state <> 'waiting' LIMIT ${slice})`,
      before,
    ),
    sql.run(
      `DELETE FROM quarantine WHERE rowid ${old} quarantine WHERE at < ? LIMIT ${slice})`,
      before,
    ),
    sql.run(
      `DELETE FROM interactions WHERE rowid ${old} interactions
         WHERE open = 0 AND closed_at < ? LIMIT ${slice})`,
      before,
    ),
    trimForwards(sql, before, slice),
  ];
  return trimmed.includes(slice);
}

function accountById(sql: Sql, id: string): Account {
  const row = sql.get<{ body: string }>('SELECT body FROM accounts WHERE id = ?', id);
  return row
    ? (JSON.parse(row.body) as Account)
    : { id, name: '', key: '', provider: '', number: '' };
}
