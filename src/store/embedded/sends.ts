import { aliasesOf } from '../../interaction/identity.ts';
import type { DeliveryFact, MessageFact, Person } from '../../provider/provider.ts';
import { isSame, personOf } from '../../provider/recipient.ts';
import type { Recipient } from '../../provider/sender.ts';
import type { AccountPolicy, Changes } from '../contract.ts';
import type {
  BegunSend,
  ContactWindow,
  EarlierSend,
  NewSend,
  SendEnd,
  SentMessage,
} from '../sends.ts';
import { checksum } from './checksum.ts';
import { findContact, lastIncomingAt } from './contacts.ts';
import { changes, type Outcome, outcome } from './outcome.ts';
import { keepReached } from './reached.ts';
import type { Sql } from './sql.ts';

interface Row {
  readonly id: string;
  readonly recipient: string;
  readonly message: string | null;
  readonly state: 'begun' | 'sent' | 'failed' | 'unknown';
  readonly message_id: string | null;
  readonly status: string | null;
  readonly started_at: number;
}

/** As it stands in a row. */
interface KeptMessage extends SentMessage {
  readonly closed?: string;
}

type Sealed = Pick<Row, 'state' | 'recipient' | 'message' | 'message_id' | 'status'>;

/** What the checksum of a row covers, beside its id; `seal` says the same. */
export const sealedSend = `state || ' ' || recipient || ' ' || coalesce(message, '') || ' ' ||
  coalesce(message_id, '') || ' ' || coalesce(status, '')`;

function seal(id: string, { state, recipient, message, message_id, status }: Sealed): number {
  const body = [state, recipient, message ?? '', message_id ?? '', status ?? ''].join(' ');
  return checksum(id, body);
}

const columns = 'id, recipient, message, state, message_id, status, started_at';

export function beginSend(sql: Sql, send: NewSend): BegunSend {
  const { message, closed } = send;
  const kept: KeptMessage = closed === undefined ? message : { ...message, closed };
  const row: Sealed = {
    state: 'begun',
    recipient: JSON.stringify(send.to),
    message: JSON.stringify(kept),
    message_id: null,
    status: null,
  };
  const begun = sql.run(
    `INSERT INTO sends (id, account, node, recipient, message, state, started_at, crc)
     VALUES (?, ?, ?, ?, ?, 'begun', ?, ?)
     ON CONFLICT (id) DO UPDATE SET account = excluded.account, recipient = excluded.recipient,
       message = excluded.message, state = 'begun', code = NULL, reason = NULL,
       started_at = excluded.started_at, crc = excluded.crc
     WHERE sends.state = 'failed'`,
    send.id,
    send.account,
    send.node,
    row.recipient,
    row.message,
    send.startedAt,
    seal(send.id, row),
  );
  if (begun > 0) return { state: 'begun' };
  const known = rowById(sql, send.id);
  return known?.state === 'sent'
    ? { state: 'sent', messageId: known.message_id ?? '', status: known.status ?? '' }
    : { state: 'unknown' };
}

export function sendsUnder(sql: Sql, prefix: string): EarlierSend[] {
  return sql
    .all<Row>(
      `SELECT ${columns} FROM sends WHERE id BETWEEN ?1 AND ?1 || '~' ORDER BY started_at, rowid`,
      prefix,
    )
    .map((row) => ({ id: row.id, to: recipientOf(row), state: row.state }));
}

/** Keeps and tells an accepted message, unless that was done before. */
export type TellSent = (
  out: Outcome,
  sent: {
    readonly policy: AccountPolicy;
    readonly contact: Person;
    readonly message: SentMessage & { readonly id: string };
    readonly closed: string | undefined;
    readonly at?: string;
  },
) => void;

export function endSend(sql: Sql, end: SendEnd, handOut: boolean, tell: TellSent): Changes {
  const out = outcome(handOut);
  const row = rowById(sql, end.id);
  const { policy, closed, message } = end;
  const contact = end.kind === 'sent' ? keepReached(sql, out, end) : end.contact;
  if (row?.state === 'sent') return changes(out);
  if (end.kind === 'sent') {
    if (row) keepSent(sql, row, end.messageId, end.status);
    tell(out, { policy, contact, closed, message: { ...message, id: end.messageId } });
  } else if (row) keepUnsent(sql, row, end);
  return changes(out);
}

/** A status that names a send of ours, of which the answer has not come or never will: it was taken. */
export function settleSend(
  sql: Sql,
  out: Outcome,
  policy: AccountPolicy,
  fact: DeliveryFact,
  tell: TellSent,
): void {
  const row = sql.get<Row>(
    `SELECT ${columns} FROM sends WHERE id = ? AND account = ? AND state <> 'sent'`,
    fact.reference ?? '',
    policy.account.id,
  );
  if (!row) return;
  keepSent(sql, row, fact.messageId, fact.delivery.status);
  const { closed, ...message } = keptMessage(row);
  tell(out, {
    policy,
    contact: reached(row, fact),
    closed,
    message: { ...message, id: fact.messageId },
    at: new Date(row.started_at).toISOString(),
  });
}

/** An echo of a send is not awaited for longer. */
const echoTime = 10 * 60_000;

/**
 * The interaction whose closing an echo answers that comes before the end of its send: it tells nothing
 * of ours but what was said to whom.
 */
export function closedBefore(
  sql: Sql,
  account: string,
  { contact, message }: MessageFact,
  now: number,
): string | undefined {
  if (message.verb !== 'outgoing') return undefined;
  const rows = sql.all<Row>(
    `SELECT ${columns} FROM sends WHERE started_at > ? AND account = ?
       AND state IN ('begun', 'unknown') AND message ->> '$.closed' IS NOT NULL`,
    now - echoTime,
    account,
  );
  return rows
    .filter((row) => isSame(recipientOf(row), contact))
    .map(keptMessage)
    .find(({ text }) => text === message.text)?.closed;
}

/** Whom a status names was reached, and nobody else; only in a group it names one of many. */
function reached(row: Row, { contact }: DeliveryFact): Person {
  const to = recipientOf(row);
  if (to.group !== undefined) return personOf(to);
  return aliasesOf(contact).length > 0 ? contact : { ...contact, ...personOf(to) };
}

/** To whom a message of ours went; some providers do not say it with its statuses. */
export function recipientOfMessage(sql: Sql, account: string, messageId: string): Person {
  const row = sql.get<Row>(
    `SELECT ${columns} FROM sends WHERE account = ? AND message_id = ?`,
    account,
    messageId,
  );
  return row ? personOf(recipientOf(row)) : {};
}

export function contactWindow(sql: Sql, account: string, to: Recipient): ContactWindow | undefined {
  const contact = findContact(sql, account, personOf(to));
  if (!contact) return undefined;
  const at = lastIncomingAt(sql, account, contact.id);
  return at === undefined ? {} : { lastIncomingAt: at };
}

export function trimSends(sql: Sql, before: number, slice: number): number {
  return sql.run(
    `DELETE FROM sends WHERE rowid IN
       (SELECT rowid FROM sends WHERE started_at < ? ORDER BY started_at LIMIT ?)`,
    before,
    slice,
  );
}

function keepSent(sql: Sql, row: Row, messageId: string, status: string): void {
  const sent: Sealed = {
    state: 'sent',
    recipient: row.recipient,
    message: null,
    message_id: messageId,
    status,
  };
  sql.run(
    `UPDATE sends SET state = 'sent', message = NULL, message_id = ?, status = ?, code = NULL,
       reason = NULL, crc = ? WHERE id = ?`,
    messageId,
    status,
    seal(row.id, sent),
    row.id,
  );
}

function keepUnsent(
  sql: Sql,
  row: Row,
  end: Extract<SendEnd, { kind: 'failed' | 'unknown' }>,
): void {
  const ended: Sealed = { ...row, state: end.kind };
  sql.run(
    'UPDATE sends SET state = ?, code = ?, reason = ?, crc = ? WHERE id = ?',
    end.kind,
    end.kind === 'failed' ? end.code : null,
    end.text,
    seal(row.id, ended),
    row.id,
  );
}

function rowById(sql: Sql, id: string): Row | undefined {
  return sql.get<Row>(`SELECT ${columns} FROM sends WHERE id = ?`, id);
}

function keptMessage({ message }: Row): KeptMessage {
  if (message === null) return { type: 'unknown', text: '', media: [] };
  return JSON.parse(message) as KeptMessage;
}

function recipientOf(row: Row): Recipient {
  return JSON.parse(row.recipient) as Recipient;
}
