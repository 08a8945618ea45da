import type { OpenInteraction } from '../conversations.ts';
import { accountById } from './accounts.ts';
import { lastIncomingAt } from './contacts.ts';
import { interactionById, interactionIds } from './interactions.ts';
import { conversation, unread } from './messages.ts';
import type { Sql } from './sql.ts';

/** It pauses after each: the board of a supervisor may show thousands. */
export function* interactionsOf(
  sql: Sql,
  queueIds: readonly string[],
  agent: string | undefined,
): Generator<void, OpenInteraction[]> {
  const found: OpenInteraction[] = [];
  for (const queueId of queueIds) {
    for (const id of interactionIds(sql, queueId, agent)) {
      const open = openInteraction(sql, id);
      if (open) found.push(open);
      yield;
    }
  }
  return found.sort((one, other) => other.lastAt - one.lastAt);
}

export function openInteraction(sql: Sql, id: string): OpenInteraction | undefined {
  const known = interactionById(sql, id);
  if (known?.state.state !== 'open') return undefined;
  const { contact, queue, agent, group, openedAt, lastAt } = known.state;
  const incomingAt = lastIncomingAt(sql, known.account, contact.id);
  const [last] = conversation(sql, id, undefined, 1);
  return {
    id,
    account: accountById(sql, known.account),
    contact,
    ...(queue ? { queue } : {}),
    ...(agent ? { agent } : {}),
    ...(group === undefined ? {} : { group }),
    openedAt,
    lastAt,
    ...(incomingAt === undefined ? {} : { lastIncomingAt: incomingAt }),
    ...(last ? { last } : {}),
    unread: unread(sql, id),
  };
}
