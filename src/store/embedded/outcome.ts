import type { WhatsAppEvent } from '../../event/event.ts';
import type { Changes, StoredEvent, StoreNotice, EndedPage } from '../contract.ts';
import type { ConversationChange } from '../conversations.ts';
import { checksum } from './checksum.ts';
import type { Sql } from './sql.ts';

/** Gathers what a command brings about while it runs. */
export interface Outcome {
  /** Whether its events go to the flow as soon as they are committed. */
  readonly handed: boolean;
  readonly events: StoredEvent[];
  readonly offersOf: Set<string>;
  pagesMissed: number;
  readonly pagesExpired: EndedPage[];
  readonly pagesWithdrawn: EndedPage[];
  readonly conversations: ConversationChange[];
  readonly forwardsTrimmed: Set<string>;
  /** When the next sweep has something to do, as far as this command knows. */
  nextDue: number | undefined;
  readonly notices: StoreNotice[];
}

export function outcome(handed: boolean): Outcome {
  return {
    handed,
    events: [],
    offersOf: new Set(),
    pagesMissed: 0,
    pagesExpired: [],
    pagesWithdrawn: [],
    conversations: [],
    forwardsTrimmed: new Set(),
    nextDue: undefined,
    notices: [],
  };
}

/** Answers what it has written. */
export function keepEvent(sql: Sql, out: Outcome, event: WhatsAppEvent): string {
  const body = JSON.stringify(event);
  const account = event.account.id;
  const bytes = Buffer.byteLength(body);
  const seq = sql.insert(
    'INSERT INTO events (body, handed, account, bytes, crc) VALUES (?, ?, ?, ?, ?)',
    body,
    out.handed ? 1 : 0,
    account,
    bytes,
    checksum(account, body),
  );
  sql.tally.add(account, bytes);
  out.events.push({ seq, event });
  return body;
}

export function expect(out: Outcome, at: number | undefined): void {
  if (at !== undefined) out.nextDue = Math.min(out.nextDue ?? at, at);
}

/** Looks for what is due next in the whole store. */
export function expectAll(sql: Sql, out: Outcome): void {
  const { at } = sql.get<{ at: number | null }>(
    `SELECT min(at) AS at FROM (
       SELECT min(look_at) AS at FROM interactions WHERE open = 1 AND look_at IS NOT NULL
       UNION ALL SELECT min(expires_at) FROM offers
       UNION ALL SELECT min(expires_at) FROM pages WHERE waiting = 1)`,
  ) ?? { at: null };
  expect(out, at ?? undefined);
}

export function changes(out: Outcome): Changes {
  const { events, offersOf, pagesMissed, pagesExpired, pagesWithdrawn, nextDue, notices } = out;
  const { conversations, forwardsTrimmed } = out;
  return {
    events,
    offersOf: [...offersOf],
    ...(pagesMissed === 0 ? {} : { pagesMissed }),
    ...(pagesExpired.length === 0 ? {} : { pagesExpired }),
    ...(pagesWithdrawn.length === 0 ? {} : { pagesWithdrawn }),
    ...(conversations.length === 0 ? {} : { conversations }),
    ...(forwardsTrimmed.size === 0 ? {} : { forwardsTrimmed: [...forwardsTrimmed] }),
    ...(nextDue === undefined ? {} : { nextDue }),
    ...(notices.length === 0 ? {} : { notices }),
  };
}
