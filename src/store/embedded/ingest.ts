import { randomUUID } from 'node:crypto';
import type { Contact } from '../../event/event.ts';
import { groupOf } from '../../interaction/dry-run.ts';
import { aliasesOf, shown } from '../../interaction/identity.ts';
import { delivery, end, message } from '../../interaction/interaction.ts';
import type { InteractionState, StepContext } from '../../interaction/tell.ts';
import { believedTime, isOld } from '../../interaction/time.ts';
import type { DeliveryFact, MessageFact } from '../../provider/provider.ts';
import type { AccountPolicy, IngestFact, IngestRequest, Kept } from '../contract.ts';
import { keepClosed } from './closing.ts';
import { findContact, keepContact, renameContact, widenWindow } from './contacts.ts';
import { interactionById, keepInteraction, latestInteraction, renewLimit } from './interactions.ts';
import { keepMessageOf, keepStatus } from './messages.ts';
import { keepOffer } from './offers.ts';
import { changes, expect, keepEvent, type Outcome, outcome } from './outcome.ts';
import { closedBefore, recipientOfMessage, settleSend, type TellSent } from './sends.ts';
import type { Sql } from './sql.ts';

/**
 * The unique key, the interaction and the event of every new fact, within the caller's transaction. It
 * pauses after each, so that a request with many does not hold the event loop.
 */
export function* ingest(sql: Sql, request: IngestRequest, handOut: boolean): Generator<void, Kept> {
  const out = outcome(handOut);
  const duplicatesOf: string[] = [];
  for (const entry of request.facts) {
    const account = entry.policy.account.id;
    if (isFresh(sql, account, entry.fact.dedupeKey, request.receivedAt)) {
      keepFact(sql, out, entry, request.receivedAt);
    } else duplicatesOf.push(account);
    yield;
  }
  return { ...changes(out), duplicatesOf };
}

function isFresh(sql: Sql, account: string, key: string, at: number): boolean {
  return sql.run('INSERT OR IGNORE INTO seen VALUES (?, ?, ?)', account, key, at) > 0;
}

function keepFact(sql: Sql, out: Outcome, { policy, fact }: IngestFact, receivedAt: number): void {
  const account = policy.account.id;
  switch (fact.kind) {
    case 'message':
      return keepMessage(sql, out, policy, fact, receivedAt, (latest) =>
        latest?.state === 'open' ? undefined : closedBefore(sql, account, fact, receivedAt),
      );
    case 'delivery':
      return keepDelivery(sql, out, policy, fact, receivedAt);
    case 'identity':
      return renameContact(sql, out, account, fact.previous, fact.contact);
    case 'call': {
      const { id } = keepContact(sql, out, account, fact.contact);
      return widenWindow(sql, id, believedTime(fact.at, receivedAt));
    }
    case 'end': {
      const contact = findContact(sql, account, fact.contact);
      const current = contact && latestInteraction(sql, account, contact);
      const step = end(current, fact, contextOf(policy, receivedAt, fact.raw));
      if (step) keepClosed(sql, out, account, step);
    }
  }
}

/** `answered` tells the interaction whose closing the message answers: it belongs to that one. */
function keepMessage(
  sql: Sql,
  out: Outcome,
  policy: AccountPolicy,
  fact: MessageFact,
  receivedAt: number,
  answered: (latest: InteractionState | undefined) => string | undefined,
): void {
  const account = policy.account.id;
  if (isOld(fact.at, receivedAt)) {
    const text = `The message ${fact.message.id} of ${fact.at} is older than any that a provider repeats: a clock may be wrong.`;
    out.notices.push({ account, about: 'old', text });
  }
  const contact = keepContact(sql, out, account, fact.contact);
  const latest = latestInteraction(sql, account, contact, groupOf(fact));
  const closed = answered(latest);
  const own = closed === undefined ? undefined : ownInteraction(sql, closed, contact, fact);
  const current = own ?? latest;
  const context = contextOf(policy, receivedAt, fact.raw);
  const opensNone = closed !== undefined;
  const step = message(current, contact, fact, { ...context, opensNone });
  if (step.keep) {
    expect(out, keepInteraction(sql, account, step.state, policy.closeAfter));
    if (isOpenAgain(current, step.state)) {
      expect(out, renewLimit(sql, step.state, policy.closeAfter));
    }
    keepMessageOf(sql, out, step, receivedAt);
  } else if (step.state.incomingAt !== undefined && groupOf(fact) === undefined) {
    widenWindow(sql, contact.id, step.state.incomingAt);
  }
  const event = keepEvent(sql, out, step.event);
  if (step.offer) keepOffer(sql, out, { state: step.state, event, now: receivedAt });
}

/** What answers the closing of an interaction may go to somebody else, or elsewhere. */
function ownInteraction(
  sql: Sql,
  id: string,
  contact: Contact,
  fact: MessageFact,
): InteractionState | undefined {
  const state = interactionById(sql, id)?.state;
  return state?.contact.id === contact.id && state.group === groupOf(fact) ? state : undefined;
}

function isOpenAgain(before: InteractionState | undefined, now: InteractionState): boolean {
  return before?.state === 'closed' && now.state === 'open' && before.id === now.id;
}

function keepDelivery(
  sql: Sql,
  out: Outcome,
  policy: AccountPolicy,
  fact: DeliveryFact,
  receivedAt: number,
): void {
  const account = policy.account.id;
  if (fact.reference !== undefined) {
    settleSend(sql, out, policy, fact, tellSent(sql, receivedAt));
  }
  const person =
    aliasesOf(fact.contact).length > 0
      ? fact.contact
      : { ...fact.contact, ...recipientOfMessage(sql, account, fact.messageId) };
  const context = contextOf(policy, receivedAt, fact.raw);
  const isKnown = aliasesOf(person).length > 0;
  const contact = isKnown
    ? keepContact(sql, out, account, person)
    : shown({ ...person, id: context.interactionId });
  const current = isKnown ? latestInteraction(sql, account, contact, groupOf(fact)) : undefined;
  if (policy.queue ?? current?.queue) keepStatus(sql, out, account, fact);
  keepEvent(sql, out, delivery(current, contact, fact, context));
}

/** However an accepted message is reported first, it is one event. */
export function tellSent(sql: Sql, receivedAt: number): TellSent {
  return (out, { policy, contact, message: sent, closed, at }) => {
    const dedupeKey = `message:${sent.id}`;
    if (!isFresh(sql, policy.account.id, dedupeKey, receivedAt)) return;
    const fact: MessageFact = {
      kind: 'message',
      accountId: '',
      dedupeKey,
      ...(at === undefined ? {} : { at }),
      contact,
      message: { ...sent, verb: 'outgoing' },
    };
    keepMessage(sql, out, policy, fact, receivedAt, () => closed);
  };
}

function contextOf(
  { account, queue, reopenWithin }: AccountPolicy,
  receivedAt: number,
  raw: unknown,
): StepContext {
  return {
    account,
    receivedAt,
    eventId: randomUUID(),
    interactionId: randomUUID(),
    reopenWithin: reopenWithin * 60_000,
    ...(queue ? { queue } : {}),
    ...(raw === undefined ? {} : { raw }),
  };
}
