import { randomUUID } from 'node:crypto';
import type { Agent, WhatsAppEvent } from '../../event/event.ts';
import { answer, type Step } from '../../interaction/interaction.ts';
import type { StepContext } from '../../interaction/tell.ts';
import type { Changes, Offer, OfferAnswer } from '../contract.ts';
import { interactionById } from './interactions.ts';
import { changes, keepEvent, type Outcome, outcome } from './outcome.ts';
import { withdrawPages } from './pages.ts';
import type { Sql } from './sql.ts';

interface Row {
  readonly id: string;
  readonly interaction: string;
  readonly queue: string;
  readonly event: string;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly rejected_by: string;
}

/** An interaction stands in one offer at a time: one that nobody took comes anew with its next message. */
export function keepOffer(sql: Sql, out: Outcome, step: Step, event: string, now: number): void {
  const queue = step.state.queue?.id ?? '';
  const fresh = sql.run(
    `INSERT OR IGNORE INTO offers (id, interaction, queue, event, created_at, rejected_by)
     VALUES (?, ?, ?, ?, ?, '[]')`,
    randomUUID(),
    step.state.id,
    queue,
    event,
    now,
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

export function answerOffer(
  sql: Sql,
  given: OfferAnswer,
  handOut: boolean,
): Changes & { readonly won: boolean } {
  const out = outcome(handOut);
  const row = sql.get<Row>('SELECT * FROM offers WHERE id = ?', given.offerId);
  const offer = row && read(row);
  if (!row || !offer || offer.rejectedBy.includes(given.agent.username)) {
    return { ...changes(out), won: false };
  }
  settle(sql, out, row, { verb: given.answer }, given.agent, given.now);
  const rejectedBy = [...offer.rejectedBy, given.agent.username];
  const over =
    given.answer === 'accepted' || given.candidates.every((name) => rejectedBy.includes(name));
  if (over) endOffer(sql, out, row);
  else {
    sql.run('UPDATE offers SET rejected_by = ? WHERE id = ?', JSON.stringify(rejectedBy), row.id);
    out.offersOf.add(row.queue);
  }
  if (given.answer === 'accepted') withdrawPages(sql, out, row.interaction, given.agent.username);
  return { ...changes(out), won: true };
}

/** Ends the offers that nobody took in time: each is a rejection with the reason "timeout". */
export function expireOffers(sql: Sql, out: Outcome, now: number, limit: number): void {
  const rows = sql.all<Row>('SELECT * FROM offers WHERE expires_at <= ? LIMIT ?', now, limit);
  for (const row of rows) {
    settle(sql, out, row, { verb: 'rejected', reason: 'timeout' }, undefined, now);
    endOffer(sql, out, row);
  }
}

/** Offers of an interaction that closed stand no longer. */
export function withdrawOffer(sql: Sql, out: Outcome, interactionId: string): void {
  const row = sql.get<Row>('SELECT * FROM offers WHERE interaction = ?', interactionId);
  if (row) endOffer(sql, out, row);
}

function endOffer(sql: Sql, out: Outcome, row: Row): void {
  sql.run('DELETE FROM offers WHERE id = ?', row.id);
  out.offersOf.add(row.queue);
}

function settle(
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
  const step = answer(found.state, agent, verdict, offered.message, context);
  if (verdict.verb === 'accepted') keepAgent(sql, step);
  keepEvent(sql, out, step.event);
}

function keepAgent(sql: Sql, { state }: Step): void {
  sql.run(
    'UPDATE interactions SET agent = ?, agent_name = ? WHERE id = ?',
    state.agent?.username ?? null,
    state.agent?.name ?? null,
    state.id,
  );
}

function read(row: Row): Offer {
  return {
    id: row.id,
    queueId: row.queue,
    event: JSON.parse(row.event) as WhatsAppEvent,
    createdAt: row.created_at,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    rejectedBy: JSON.parse(row.rejected_by) as string[],
  };
}
