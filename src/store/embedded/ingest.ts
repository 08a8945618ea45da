import { randomUUID } from 'node:crypto';
import { delivery, message, type StepContext } from '../../interaction/interaction.ts';
import type { Changes, IngestFact, IngestRequest } from '../contract.ts';
import { keepContact } from './contacts.ts';
import { keepInteraction, latestInteraction } from './interactions.ts';
import { keepOffer } from './offers.ts';
import { changes, expect, keepEvent, type Outcome, outcome } from './outcome.ts';
import type { Sql } from './sql.ts';

/** The unique key, the interaction and the event of every new fact, within the caller's transaction. */
export function ingest(
  sql: Sql,
  request: IngestRequest,
  handOut: boolean,
): Changes & { readonly duplicates: number } {
  const out = outcome(handOut);
  let duplicates = 0;
  for (const entry of request.facts) {
    const { account } = entry.policy;
    const fresh = sql.run(
      'INSERT OR IGNORE INTO seen VALUES (?, ?, ?)',
      account.id,
      entry.fact.dedupeKey,
      request.receivedAt,
    );
    if (fresh === 0) duplicates += 1;
    else keepFact(sql, out, entry, request.receivedAt);
  }
  return { ...changes(out), duplicates };
}

function keepFact(sql: Sql, out: Outcome, { policy, fact }: IngestFact, receivedAt: number): void {
  const { account, queue, closeAfter, reopenWithin } = policy;
  const context: StepContext = {
    account,
    receivedAt,
    eventId: randomUUID(),
    interactionId: randomUUID(),
    reopenWithin: reopenWithin * 60_000,
    ...(queue ? { queue } : {}),
    ...(fact.raw === undefined ? {} : { raw: fact.raw }),
  };
  const contact = keepContact(sql, account.id, fact.contact, randomUUID());
  const current = latestInteraction(sql, account.id, contact);
  if (fact.kind === 'delivery') {
    keepEvent(sql, out, delivery(current, contact, fact, context));
    return;
  }
  const step = message(current, contact, fact, context);
  expect(out, keepInteraction(sql, account.id, step.state, closeAfter));
  keepEvent(sql, out, step.event);
  if (step.offer) keepOffer(sql, out, step, receivedAt);
}
