import { randomUUID } from 'node:crypto';
import type { Agent, WhatsAppEvent } from '../../event/event.ts';
import { answer } from '../../interaction/interaction.ts';
import type { InteractionState, StepContext } from '../../interaction/tell.ts';
import type { Answered, Offer, OfferAnswer, OfferTurn } from '../offers.ts';
import { changeOf, interactionById, keepAgent } from './interactions.ts';
import { changes, keepEvent, type Outcome, outcome } from './outcome.ts';
import { withdrawPages, withdrawShown } from './page-endings.ts';
import type { Sql } from './sql.ts';
import { noteTurn } from './turns.ts';

interface Row {
  readonly id: string;
  readonly interaction: string;
  readonly queue: string;
  readonly event: string;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly rejected_by: string;
  readonly offered_to: string | null;
  readonly offered_name: string | null;
  readonly timed_out: 0 | 1;
}

export interface NewOffer {
  readonly state: InteractionState;
  /** The body of the event that it shows. */
  readonly event: string;
  readonly now: number;
  readonly rejectedBy?: readonly string[];
}

/** An interaction stands in one offer at a time: one that all have rejected comes anew with its next message. */
export function keepOffer(
  sql: Sql,
  out: Outcome,
  { state, event, now, rejectedBy = [] }: NewOffer,
): void {
  const queue = state.queue?.id ?? '';
  const fresh = sql.run(
    `INSERT OR IGNORE INTO offers (id, interaction, queue, event, created_at, rejected_by)
     VALUES (?, ?, ?, ?, ?, ?)`,
    randomUUID(),
    state.id,
    queue,
    event,
    now,
    JSON.stringify(rejectedBy),
  );
  if (fresh > 0) out.offersOf.add(queue);
}

export function offers(sql: Sql, queueIds: readonly string[]): Offer[] {
  return queueIds.flatMap((id) =>
    sql.all<Row>('SELECT * FROM offers WHERE queue = ? ORDER BY created_at', id).map(read),
  );
}

export function offerShown(sql: Sql, id: string, expiresAt: number): void {
  sql.run('UPDATE offers SET expires_at = ? WHERE id = ? AND expires_at IS NULL', expiresAt, id);
}

export function offerTo(sql: Sql, id: string, turn: OfferTurn | undefined): boolean {
  const row = rowById(sql, id);
  if (!row) return false;
  const username = turn?.agent.username;
  keepTurn(
    sql,
    id,
    turn,
    rejecters(row).filter((name) => name !== username),
  );
  if (turn) noteTurn(sql, 'offered_at', row.queue, turn.agent.username, turn.now);
  return true;
}

export function answerOffer(sql: Sql, given: OfferAnswer, handOut: boolean): Answered {
  const out = outcome(handOut);
  const row = rowById(sql, given.offerId);
  if (!row || !standsFor(row, given.agent.username)) {
    return { ...changes(out), won: false, ...takenBy(sql, given.interactionId) };
  }
  if (given.answer === 'accepted') accept(sql, out, row, given.agent, given.now);
  else reject(sql, out, row, given);
  return { ...changes(out), won: true };
}

const timeout = 'timeout';

/**
 * What nobody took in time is a rejection with the reason "timeout", and goes on: from one agent to the
 * next; from all to all once more, those who rejected it among them, and from then on without a clock.
 */
export function expireOffers(sql: Sql, out: Outcome, now: number, limit: number): void {
  const rows = sql.all<Row>('SELECT * FROM offers WHERE expires_at <= ? LIMIT ?', now, limit);
  for (const row of rows) {
    const verdict = { verb: 'rejected', reason: timeout } as const;
    const { offered_to: username, offered_name: name } = row;
    const agent = username === null ? undefined : { username, name: name ?? username };
    tellAnswer(sql, out, row, verdict, agent, now);
    if (agent) passOn(sql, out, row, [...rejecters(row), agent.username]);
    else offerOnceMore(sql, out, row);
  }
}

/** The offer of an interaction that has closed, or become somebody's, stands no longer. */
export function withdrawOffer(sql: Sql, out: Outcome, interactionId: string): void {
  const row = sql.get<Row>('SELECT * FROM offers WHERE interaction = ?', interactionId);
  if (row) endOffer(sql, out, row);
}

function standsFor(row: Row, username: string): boolean {
  if (rejecters(row).includes(username)) return false;
  return row.offered_to === null || row.offered_to === username;
}

function takenBy(sql: Sql, interactionId: string | undefined): { readonly takenBy?: Agent } {
  const known = interactionId === undefined ? undefined : interactionById(sql, interactionId);
  return known?.state.agent ? { takenBy: known.state.agent } : {};
}

function accept(sql: Sql, out: Outcome, row: Row, agent: Agent, now: number): void {
  tellAnswer(sql, out, row, { verb: 'accepted' }, agent, now);
  keepAgent(sql, row.interaction, agent);
  noteTurn(sql, 'accepted_at', row.queue, agent.username, now);
  endOffer(sql, out, row);
  withdrawPages(sql, out, row.interaction, agent.username);
  withdrawShown(sql, out, row.interaction, agent.username);
  const known = interactionById(sql, row.interaction);
  const change = known && changeOf(known.state);
  if (change) out.conversations.push({ ...change, before: { queueId: row.queue } });
}

function reject(sql: Sql, out: Outcome, row: Row, given: OfferAnswer): void {
  const { agent, reason, candidates, now } = given;
  const verdict = { verb: 'rejected' as const, ...(reason === undefined ? {} : { reason }) };
  tellAnswer(sql, out, row, verdict, agent, now);
  const rejectedBy = [...rejecters(row), agent.username];
  const isOver = candidates.every((name) => rejectedBy.includes(name));
  if (isOver) endOffer(sql, out, row);
  else passOn(sql, out, row, rejectedBy);
}

/** Where it stood for one alone it waits for the next one; the clock of all runs on. */
function passOn(sql: Sql, out: Outcome, row: Row, rejectedBy: readonly string[]): void {
  if (row.offered_to !== null) keepTurn(sql, row.id, undefined, rejectedBy);
  else {
    sql.run('UPDATE offers SET rejected_by = ? WHERE id = ?', JSON.stringify(rejectedBy), row.id);
  }
  out.offersOf.add(row.queue);
}

function offerOnceMore(sql: Sql, out: Outcome, row: Row): void {
  keepTurn(sql, row.id, undefined, []);
  sql.run('UPDATE offers SET timed_out = 1 WHERE id = ?', row.id);
  out.offersOf.add(row.queue);
}

function keepTurn(
  sql: Sql,
  id: string,
  turn: OfferTurn | undefined,
  rejectedBy: readonly string[],
): void {
  sql.run(
    `UPDATE offers SET offered_to = ?, offered_name = ?, expires_at = ?, rejected_by = ?
     WHERE id = ?`,
    turn?.agent.username ?? null,
    turn?.agent.name ?? null,
    turn?.expiresAt ?? null,
    JSON.stringify(rejectedBy),
    id,
  );
}

function endOffer(sql: Sql, out: Outcome, row: Row): void {
  sql.run('DELETE FROM offers WHERE id = ?', row.id);
  out.offersOf.add(row.queue);
}

function tellAnswer(
  sql: Sql,
  out: Outcome,
  row: Row,
  verdict: { readonly verb: 'accepted' | 'rejected'; readonly reason?: string },
  agent: Agent | undefined,
  now: number,
): void {
  const found = interactionById(sql, row.interaction);
  const offered = JSON.parse(row.event) as WhatsAppEvent;
  if (!found || !offered.message) return;
  const context: StepContext = {
    account: offered.account,
    receivedAt: now,
    eventId: randomUUID(),
    interactionId: '',
  };
  keepEvent(sql, out, answer(found.state, agent, verdict, offered.message, context).event);
}

function rowById(sql: Sql, id: string): Row | undefined {
  return sql.get<Row>('SELECT * FROM offers WHERE id = ?', id);
}

function rejecters(row: Row): string[] {
  return JSON.parse(row.rejected_by) as string[];
}

function read(row: Row): Offer {
  return {
    id: row.id,
    queueId: row.queue,
    event: JSON.parse(row.event) as WhatsAppEvent,
    createdAt: row.created_at,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.offered_to === null ? {} : { offeredTo: row.offered_to }),
    rejectedBy: rejecters(row),
    timedOut: row.timed_out === 1,
  };
}
