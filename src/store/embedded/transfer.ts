import type { Agent, Message, WhatsAppEvent } from '../../event/event.ts';
import { type InteractionState, tell } from '../../interaction/tell.ts';
import type { Changes, QueuePolicy } from '../contract.ts';
import type { Found, Release, Transfer } from '../interaction-store.ts';
import { closingContext } from './closing.ts';
import {
  changeOf,
  interactionById,
  interactionIds,
  keepAgent,
  type KnownInteraction,
} from './interactions.ts';
import { lastIncoming } from './messages.ts';
import { keepOffer, withdrawOffer } from './offers.ts';
import { changes, type Outcome, outcome } from './outcome.ts';
import { withdrawPages, withdrawShown } from './page-endings.ts';
import type { Sql } from './sql.ts';

export function transferInteraction(
  sql: Sql,
  { interactionId, from, to }: Transfer,
  now: number,
  handOut: boolean,
): Found {
  const out = outcome(handOut);
  const known = interactionById(sql, interactionId);
  const agent = known?.state.agent?.username;
  const found = known?.state.state === 'open' && (from === undefined || from === agent);
  if (found && 'agent' in to) give(sql, out, known.state, to.agent);
  else if (found && 'queue' in to) {
    offerAnew(sql, out, known, to.queue, agent === undefined ? [] : [agent], now);
  }
  return { ...changes(out), found };
}

/** It pauses after each, as a long shift may leave many. */
export function* releaseInteractions(
  sql: Sql,
  { queueIds, agent }: Release,
  now: number,
  handOut: boolean,
): Generator<void, Changes> {
  const out = outcome(handOut);
  for (const queue of queueIds) {
    for (const id of interactionIds(sql, queue, agent)) {
      const known = interactionById(sql, id);
      if (known?.state.queue) offerAnew(sql, out, known, known.state.queue, [], now);
      yield;
    }
  }
  return changes(out);
}

function give(sql: Sql, out: Outcome, state: InteractionState, agent: Agent): void {
  keepAgent(sql, state.id, agent);
  withdrawOffer(sql, out, state.id);
  withdrawPages(sql, out, state.id, agent.username);
  if (!state.agent) withdrawShown(sql, out, state.id, agent.username);
  tellMove(out, state, { ...state, agent });
}

function offerAnew(
  sql: Sql,
  out: Outcome,
  { account, state }: KnownInteraction,
  queue: QueuePolicy,
  rejectedBy: readonly string[],
  now: number,
): void {
  sql.run(
    `UPDATE interactions SET agent = NULL, agent_name = NULL, queue = ?, queue_name = ?
     WHERE id = ?`,
    queue.id,
    queue.name,
    state.id,
  );
  withdrawOffer(sql, out, state.id);
  withdrawPages(sql, out, state.id);
  const { agent: _, ...rest } = state;
  const free: InteractionState = { ...rest, queue };
  const event = JSON.stringify(eventOf(sql, account, free, now));
  keepOffer(sql, out, { state: free, event, now, rejectedBy });
  tellMove(out, state, free);
}

/** What an offer shows that no event has brought: what the contact said last. */
function eventOf(sql: Sql, account: string, state: InteractionState, now: number): WhatsAppEvent {
  const said = lastIncoming(sql, state.id);
  const { message, at } = said ?? { message: nothingSaid, at: state.lastAt };
  const context = closingContext(sql, account, now);
  return { ...tell(state, context, at), name: 'message.incoming', message };
}

const nothingSaid: Message = { id: '', verb: 'incoming', type: 'unknown', text: '', media: [] };

function tellMove(out: Outcome, before: InteractionState, after: InteractionState): void {
  const change = changeOf(after);
  if (!change) return;
  const { queue, agent } = before;
  out.conversations.push({
    ...change,
    before: {
      queueId: queue?.id ?? change.queueId,
      ...(agent ? { agent: agent.username } : {}),
    },
  });
}
