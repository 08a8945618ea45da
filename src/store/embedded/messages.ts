import type { DeliveryStatus, Message } from '../../event/event.ts';
import type { Step } from '../../interaction/interaction.ts';
import type { InteractionState } from '../../interaction/tell.ts';
import type { DeliveryFact } from '../../provider/provider.ts';
import type { ConversationMessage, SaidIn } from '../conversations.ts';
import { checksum } from './checksum.ts';
import { changeOf, interactionById } from './interactions.ts';
import type { Outcome } from './outcome.ts';
import type { Sql } from './sql.ts';

interface Row {
  readonly seq: number;
  readonly interaction: string;
  readonly id: string;
  readonly verb: 'incoming' | 'outgoing';
  readonly body: string;
  readonly at: number;
  readonly status: DeliveryStatus | null;
  readonly error_code: string | null;
  readonly error_text: string | null;
}

type Body = Omit<Message, 'id' | 'verb'>;

const columns = 'seq, interaction, id, verb, body, at, status, error_code, error_text';

/** What the checksum of a row covers, beside its interaction; `seal` says the same. */
export const sealedMessage = `id || ' ' || verb || ' ' || at || ' ' || coalesce(status, '') || ' ' ||
  coalesce(error_code, '') || ' ' || coalesce(error_text, '') || ' ' || body`;

function seal({
  interaction,
  id,
  verb,
  at,
  status,
  error_code,
  error_text,
  body,
}: Omit<Row, 'seq'>) {
  const parts = [id, verb, at, status ?? '', error_code ?? '', error_text ?? '', body];
  return checksum(interaction, parts.join(' '));
}

/** Agents read what is said in an interaction of a queue; of others nothing is kept. */
export function keepMessageOf(sql: Sql, out: Outcome, { state, event }: Step, now: number): void {
  if (!state.queue || !event.message) return;
  const { id, verb, ...body } = event.message;
  const row: Omit<Row, 'seq'> = {
    interaction: state.id,
    id,
    verb: verb === 'incoming' ? verb : 'outgoing',
    body: JSON.stringify(body satisfies Body),
    at: Date.parse(event.at),
    status: null,
    error_code: null,
    error_text: null,
  };
  const { seq } = sql.get<{ seq: number }>(
    `INSERT INTO messages (interaction, account, id, verb, body, at, kept_at, crc)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
    row.interaction,
    event.account.id,
    id,
    row.verb,
    row.body,
    row.at,
    now,
    seal(row),
  ) ?? { seq: 0 };
  const message: ConversationMessage = { ...body, id, verb: row.verb, seq, at: row.at };
  tellMessage(out, state, { account: event.account.id, message });
}

/** Nobody looks at an interaction that is over. */
function tellMessage(out: Outcome, state: InteractionState, said: SaidIn): void {
  const change = state.state === 'open' ? changeOf(state) : undefined;
  if (change) out.conversations.push({ ...change, said });
}

const order: readonly DeliveryStatus[] = ['sent', 'delivered', 'read', 'played'];

/** Statuses overtake each other: a message only goes on, and one that has arrived fails no more. */
function isFurther(before: DeliveryStatus | null, now: DeliveryStatus): boolean {
  if (before === null) return true;
  if (before === 'failed') return now !== 'sent' && now !== 'failed';
  return now === 'failed' ? before === 'sent' : order.indexOf(now) > order.indexOf(before);
}

/** Notes how far a message of ours has come. */
export function keepStatus(sql: Sql, out: Outcome, account: string, fact: DeliveryFact): void {
  const row = sql.get<Row>(
    `SELECT ${columns} FROM messages WHERE account = ? AND id = ? AND verb = 'outgoing'`,
    account,
    fact.messageId,
  );
  const { status, errorCode = null, errorText = null } = fact.delivery;
  if (!row || !isFurther(row.status, status)) return;
  const next: Row = { ...row, status, error_code: errorCode, error_text: errorText };
  sql.run(
    'UPDATE messages SET status = ?, error_code = ?, error_text = ?, crc = ? WHERE seq = ?',
    status,
    errorCode,
    errorText,
    seal(next),
    row.seq,
  );
  const known = interactionById(sql, row.interaction);
  if (known) tellMessage(out, known.state, { account, message: read(next) });
}

export function conversation(
  sql: Sql,
  interactionId: string,
  before: number | undefined,
  limit: number,
): ConversationMessage[] {
  return sql
    .all<Row>(
      `SELECT ${columns} FROM messages WHERE interaction = ? AND seq < ?
       ORDER BY seq DESC LIMIT ?`,
      interactionId,
      before ?? Number.MAX_SAFE_INTEGER,
      limit,
    )
    .map(read)
    .toReversed();
}

export function messageBySeq(
  sql: Sql,
  seq: number,
): (SaidIn & { readonly interaction: string }) | undefined {
  const row = sql.get<Row & { readonly account: string }>(
    `SELECT ${columns}, account FROM messages WHERE seq = ?`,
    seq,
  );
  return row && { interaction: row.interaction, account: row.account, message: read(row) };
}

/** What the contact wrote last. */
export function lastIncoming(
  sql: Sql,
  interactionId: string,
): { readonly message: Message; readonly at: number } | undefined {
  const row = sql.get<Row>(
    `SELECT ${columns} FROM messages WHERE interaction = ? AND verb = 'incoming'
     ORDER BY seq DESC LIMIT 1`,
    interactionId,
  );
  if (!row) return undefined;
  const { id, verb, body, at } = row;
  return { message: { ...(JSON.parse(body) as Body), id, verb }, at };
}

export function unread(sql: Sql, interactionId: string): number {
  const row = sql.get<{ unread: number }>(
    `SELECT count(*) AS unread FROM messages WHERE interaction = ?1 AND verb = 'incoming'
       AND seq > (SELECT read_seq FROM interactions WHERE id = ?1)`,
    interactionId,
  );
  return row?.unread ?? 0;
}

export function markRead(sql: Sql, interactionId: string, seq: number): void {
  sql.run(
    'UPDATE interactions SET read_seq = ?1 WHERE id = ?2 AND open = 1 AND read_seq < ?1',
    seq,
    interactionId,
  );
}

/** They are in the order in which they came, so that the oldest stand first. */
export function trimMessages(sql: Sql, before: number, slice: number): number {
  return sql.run(
    `DELETE FROM messages WHERE seq IN
       (SELECT seq FROM (SELECT seq, kept_at FROM messages ORDER BY seq LIMIT ?)
        WHERE kept_at < ?)`,
    slice,
    before,
  );
}

function read(row: Row): ConversationMessage {
  return {
    ...(JSON.parse(row.body) as Body),
    id: row.id,
    verb: row.verb,
    seq: row.seq,
    at: row.at,
    ...(row.status === null ? {} : { status: row.status }),
    ...(row.error_code === null ? {} : { errorCode: row.error_code }),
    ...(row.error_text === null ? {} : { errorText: row.error_text }),
  };
}
