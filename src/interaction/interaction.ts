import type { Agent, Contact, Message, WhatsAppEvent } from '../event/event.ts';
import type { DeliveryFact, EndFact, MessageFact } from '../provider/provider.ts';
import { groupOf } from './dry-run.ts';
import { type InteractionState, type StepContext, tell } from './tell.ts';
import { believedTime, isLate, timeOf } from './time.ts';

export interface Step {
  readonly state: InteractionState;
  readonly event: WhatsAppEvent;
  /** Whether the state is to be kept; a passing one stands for an interaction that there never was. */
  readonly keep: boolean;
  /** Whether the interaction is to be offered to the agents of its queue. */
  readonly offer: boolean;
}

/** Why the clock closes an interaction. */
export const inactivity = 'inactivity';

/** They are about a message that was there before: they open nothing and are offered to nobody. */
const passiveTypes: ReadonlySet<string> = new Set(['reaction', 'edit', 'revoke']);

/**
 * A message joins the open interaction of its contact or opens one: then the event carries the change
 * "opened" beside the message. One that is passive, late for an interaction that has closed since, or
 * answers its closing opens nothing: it is told with the last interaction, if there was any.
 */
export function message(
  current: InteractionState | undefined,
  contact: Contact,
  fact: MessageFact,
  context: StepContext,
): Step {
  const at = timeOf(fact.at, context.receivedAt);
  const written = believedTime(fact.at, context.receivedAt);
  const opens = current?.state !== 'open' && canOpen(current, fact, written, context);
  const before = opens
    ? (reopened(current, contact, written, context) ?? open(current, contact, fact, at, context))
    : touched(current, contact, fact, at, context);
  const incoming = fact.message.verb === 'incoming';
  const state = incoming
    ? { ...before, incomingAt: Math.max(before.incomingAt ?? 0, written) }
    : before;
  return {
    state,
    event: {
      ...tell(state, context, at, opens ? 'opened' : undefined),
      name: incoming ? 'message.incoming' : 'message.outgoing',
      message: fact.message,
    },
    keep: opens || current !== undefined,
    offer: incoming && isOnOffer(state) && !passiveTypes.has(fact.message.type),
  };
}

/** A delivery status changes nothing; it is told with the interaction it most likely belongs to. */
export function delivery(
  current: InteractionState | undefined,
  contact: Contact,
  fact: DeliveryFact,
  context: StepContext,
): WhatsAppEvent {
  const at = timeOf(fact.at, context.receivedAt);
  const state = current ?? passing(contact, fact, at, context);
  return {
    ...tell(state, context, at),
    name: 'delivery',
    message: { id: fact.messageId, verb: 'outgoing', type: 'unknown', text: '', media: [] },
    delivery: fact.delivery,
  };
}

/** An agent answers an offer; accepting makes the interaction theirs. */
export function answer(
  current: InteractionState,
  agent: Agent | undefined,
  verdict: { readonly verb: 'accepted' | 'rejected'; readonly reason?: string },
  offered: Message,
  context: StepContext,
): Step {
  const state = verdict.verb === 'accepted' && agent ? { ...current, agent } : current;
  const { reason: _, ...rest } = offered;
  return {
    state,
    event: {
      ...tell(state, context, context.receivedAt),
      name: `message.${verdict.verb}`,
      message: {
        ...rest,
        verb: verdict.verb,
        ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
      },
      ...(agent ? { agent } : {}),
    },
    keep: state !== current,
    offer: false,
  };
}

/**
 * Closing is final and told once: the caller passes an open interaction. Its event is the last one to
 * carry the variables; the agent of it is who closed it.
 */
export function close(
  current: InteractionState,
  reason: string,
  at: number,
  context: StepContext,
  agent: Agent | undefined = current.agent,
): Step {
  const closedAt = Math.max(at, current.openedAt);
  const told: InteractionState = { ...current, state: 'closed', closedAt, reason };
  const { variables: _, ...state } = told;
  return {
    state,
    event: {
      ...tell(told, context, closedAt, 'closed'),
      name: 'interaction.closed',
      ...(agent ? { agent } : {}),
    },
    keep: true,
    offer: false,
  };
}

/** The provider ends what is open; undefined = nothing is, or it means an earlier one. */
export function end(
  current: InteractionState | undefined,
  fact: EndFact,
  context: StepContext,
): Step | undefined {
  const at = timeOf(fact.at, context.receivedAt);
  if (current?.state !== 'open' || at < current.openedAt) return undefined;
  return close(current, 'provider', Math.min(at, context.receivedAt), context);
}

function canOpen(
  current: InteractionState | undefined,
  fact: MessageFact,
  at: number,
  { receivedAt, opensNone = false }: StepContext,
): boolean {
  if (opensNone || passiveTypes.has(fact.message.type)) return false;
  // Where nobody but the clock has closed it, a late message only shows that the contact was not idle.
  if (fact.at === undefined || current?.reason === inactivity) return true;
  return current?.closedAt === undefined || !isLate(at, current.closedAt, receivedAt);
}

function isOnOffer({ state, queue, agent }: InteractionState): boolean {
  return state === 'open' && queue !== undefined && !agent;
}

/** It follows the one before, even if the clocks of the two do not agree. */
function open(
  before: InteractionState | undefined,
  contact: Contact,
  fact: MessageFact,
  at: number,
  { interactionId, receivedAt, queue }: StepContext,
): InteractionState {
  return {
    id: interactionId,
    contact,
    ...inGroup(fact),
    state: 'open',
    openedAt: Math.max(at, before?.closedAt ?? at),
    lastAt: receivedAt,
    ...(queue ? { queue } : {}),
  };
}

/** The interaction that closed a short while ago, open again; undefined when it is too long ago. */
function reopened(
  current: InteractionState | undefined,
  contact: Contact,
  at: number,
  { receivedAt, reopenWithin = 0 }: StepContext,
): InteractionState | undefined {
  if (reopenWithin === 0 || current?.closedAt === undefined) return undefined;
  if (at > current.closedAt + reopenWithin) return undefined;
  const { closedAt: _, reason: __, ...rest } = current;
  return { ...rest, contact, state: 'open', lastAt: Math.max(rest.lastAt, receivedAt) };
}

function touched(
  current: InteractionState | undefined,
  contact: Contact,
  fact: MessageFact,
  at: number,
  context: StepContext,
): InteractionState {
  if (!current) return passing(contact, fact, at, context);
  if (current.state === 'closed') return { ...current, contact };
  const queue = current.queue ?? context.queue;
  // A clock that is set back must not make it look idle once the clock is right again.
  const lastAt = Math.max(current.lastAt, context.receivedAt);
  return { ...current, contact, lastAt, ...(queue ? { queue } : {}) };
}

/** Stands in for an interaction that we never saw: closed from the start. */
function passing(
  contact: Contact,
  fact: MessageFact | DeliveryFact,
  at: number,
  { interactionId: id }: StepContext,
): InteractionState {
  return { id, contact, ...inGroup(fact), state: 'closed', openedAt: at, lastAt: at };
}

function inGroup(fact: MessageFact | DeliveryFact): Pick<InteractionState, 'group'> {
  const group = groupOf(fact);
  return group === undefined ? {} : { group };
}
