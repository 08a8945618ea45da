import { close, inactivity } from '../../interaction/interaction.ts';
import type { AccountPolicy, Changes } from '../contract.ts';
import { keepAccount } from './accounts.ts';
import { closingContext, keepClosed } from './closing.ts';
import { trimForwards } from './forwards.ts';
import { overdueInteractions, setCloseAfter } from './interactions.ts';
import { trimMessages } from './messages.ts';
import { expireOffers } from './offers.ts';
import { changes, expect, expectAll, type Outcome, outcome } from './outcome.ts';
import { expirePages, trimPages } from './page-endings.ts';
import { trimSends } from './sends.ts';
import type { Sql } from './sql.ts';
import { trimTurns } from './turns.ts';

/** One sweep takes at most this many of each kind, so that no transaction grows long. */
const slice = 500;
/** A page may have been for a thousand agents. */
const pageSlice = 50;
const day = 86_400_000;

/** Providers repeat for seven days what we did not take: for so long at least is known what we took. */
const keyDays = 8;

/** Clocks are corrected by less than this all the time. */
const slack = 60_000;

export function setPolicy(sql: Sql, policy: AccountPolicy): Changes {
  const { account, closeAfter } = policy;
  keepAccount(sql, account);
  setCloseAfter(sql, account.id, closeAfter);
  const out = outcome(false);
  expectAll(sql, out);
  return changes(out);
}

export function* sweep(
  sql: Sql,
  now: number,
  retentionDays: number,
  handOut: boolean,
): Generator<void, Changes> {
  const out = outcome(handOut);
  healFuture(sql, now);
  yield* closeIdle(sql, out, now);
  expireOffers(sql, out, now, slice);
  yield* expirePages(sql, out, now, slice);
  const more = trim(
    sql,
    out,
    now - retentionDays * day,
    now - Math.max(retentionDays, keyDays) * day,
  );
  expectAll(sql, out);
  if (more) expect(out, now);
  return changes(out);
}

/** An interaction closes when its time was up, even if nobody was there to see it then. */
function* closeIdle(sql: Sql, out: Outcome, now: number): Generator<void, void> {
  for (const { account, state, closesAt } of overdueInteractions(sql, now, slice)) {
    const step = close(state, inactivity, closesAt, closingContext(sql, account, now));
    keepClosed(sql, out, account, step);
    yield;
  }
}

/** Where a clock was set back, an offer or a page would else stand until the clock is there again. */
function healFuture(sql: Sql, now: number): void {
  const heal = (table: string, which: string): void => {
    sql.run(
      `UPDATE ${table} SET created_at = ?1, expires_at = expires_at - created_at + ?1
       WHERE ${which} created_at > ?2`,
      now,
      now + slack,
    );
  };
  heal('offers', '');
  heal('pages', 'waiting = 1 AND');
}

/** Answers whether more is left to trim. `keysBefore` is for what tells a repetition from news. */
function trim(sql: Sql, out: Outcome, before: number, keysBefore: number): boolean {
  const old = 'IN (SELECT rowid FROM';
  const letters = trimForwards(sql, before, slice);
  for (const node of letters) out.forwardsTrimmed.add(node);
  const trimmed = [
    sql.run(
      `DELETE FROM seen WHERE (account, key) IN
         (SELECT account, key FROM seen WHERE at < ? ORDER BY at LIMIT ${slice})`,
      keysBefore,
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
    letters.length,
    trimSends(sql, keysBefore, slice),
    trimMessages(sql, before, slice),
  ];
  trimTurns(sql, before);
  return trimPages(sql, before, pageSlice) || trimmed.includes(slice);
}
