import type { ForwardMeasure, StoreMeasures } from '../contract.ts';
import type { Sql } from './sql.ts';

/** Only what an index or a small table tells. */
export function measure(sql: Sql): Omit<StoreMeasures, 'filling'> {
  const [row] = sql.all<Omit<StoreMeasures, 'forwards' | 'inbox' | 'filling'>>(
    `SELECT
       (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size) AS bytes,
       (SELECT count(*) FROM quarantine) AS quarantined,
       (SELECT count(*) FROM offers) AS offersStanding,
       (SELECT count(*) FROM pages WHERE waiting = 1) AS pagesWaiting`,
  );
  const forwards = sql.all<ForwardMeasure>(
    `SELECT node, sum(state <> 'dead') AS waiting, sum(state = 'dead') AS dead FROM forwards GROUP BY node`,
  );
  const inbox = [...sql.tally.accounts].map(([account, amount]) => ({ account, ...amount }));
  return { bytes: 0, quarantined: 0, offersStanding: 0, pagesWaiting: 0, ...row, inbox, forwards };
}

/** So many rows are looked at: an account that was never heard of would else cost all of them. */
const mostSeen = 2_000;

export function heardAt(sql: Sql, account: string): number | undefined {
  const newest = `SELECT account, at FROM seen ORDER BY at DESC LIMIT ${mostSeen}`;
  const own = `SELECT at FROM seen WHERE account = ? LIMIT ${mostSeen}`;
  const row = sql.get<{ at: number | null }>(
    `SELECT coalesce((SELECT max(at) FROM (${newest}) WHERE account = ?),
       (SELECT max(at) FROM (${own}))) AS at`,
    account,
    account,
  );
  return row?.at ?? undefined;
}
