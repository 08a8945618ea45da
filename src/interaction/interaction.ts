import type {
  Account,
  Agent,
  Contact,
  Interaction,
  Message,
  WhatsAppEvent,
} from '../event/event.ts';
import type { DeliveryFact, MessageFact } from '../provider/provider.ts';

/**
 * What is kept about one conversation of a contact with an account. Times are milliseconds. `lastAt`
 * is when we last received a message: a late one counts as life, whatever the provider's clock says.
 */
export interface InteractionState {
  readonly id: string;
  readonly contact: Contact;
  readonly state: 'open' | 'closed';
  readonly openedAt: number;
  readonly lastAt: number;
  readonly closedAt?: number;
  readonly reason?: string;
  readonly agent?: Agent;
  readonly queue?: { readonly id: string; readonly name: string };
}

/** What a step needs from outside: ids and times are passed in, so that it stays a pure function. */
export interface StepContext {
  readonly account: Account;
  readonly queue?: { readonly id: string; readonly name: string };
  readonly receivedAt: number;
  readonly eventId: string;
  /** The id that a new interaction takes, should this step open one. */
  readonly interactionId: string;
  /** Milliseconds after its closing in which a message opens an interaction again. */
  readonly reopenWithin?: number;
  readonly raw?: unknown;
}

export interface Step {
  readonly state: InteractionState;
  readonly event: WhatsAppEvent;
  /** Whether the interaction is to be offered to the agents of its queue. */
  readonly offer: boolean;
}

/** A provider's clock may run ahead of ours by this much before its time is not believed. */
const clockSkew = 5 * 60_000;

/**
 * A message joins the open interaction of its contact or opens one: then the event carries the change
 * "opened" beside the message. A reaction opens nothing; it belongs to the last interaction, if any.
 */
export function message(
  current: InteractionState | undefined,
  contact: Contact,
  fact: MessageFact,
  context: StepContext,
): Step {
  const at = timeOf(fact.at, context.receivedAt);
  const opens = current?.state !== 'open' && fact.message.type !== 'reaction';
  const state = opens
    ? (reopened(current, contact, context) ?? open(contact, at, context))
    : touched(current, contact, at, context);
  const incoming = fact.message.verb === 'incoming';
  return {
    state,
    event: {
      ...event(state, context, at, opens ? 'opened' : undefined),
      name: incoming ? 'message.incoming' : 'message.outgoing',
      message: fact.message,
    },
    offer: incoming && state.state === 'open' && state.queue !== undefined && !state.agent,
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
  const state = current ?? passing(contact, at, context);
  return {
    ...event(state, context, at),
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
      ...event(state, context, context.receivedAt),
      name: `message.${verdict.verb}`,
      message: {
        ...rest,
        verb: verdict.verb,
        ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
      },
      ...(agent ? { agent } : {}),
    },
    offer: false,
  };
}

/** Closing is final and told once: the caller passes an open interaction. */
export function close(
  current: InteractionState,
  reason: string,
  closedAt: number,
  context: StepContext,
): Step {
  const state: InteractionState = { ...current, state: 'closed', closedAt, reason };
  return {
    state,
    event: { ...event(state, context, closedAt, 'closed'), name: 'interaction.closed' },
    offer: false,
  };
}

function open(contact: Contact, at: number, context: StepContext): InteractionState {
  return {
    id: context.interactionId,
    contact,
    state: 'open',
    openedAt: at,
    lastAt: context.receivedAt,
    ...(context.queue ? { queue: context.queue } : {}),
  };
}

/** The interaction that closed a short while ago, open again; undefined when it is too long ago. */
function reopened(
  current: InteractionState | undefined,
  contact: Contact,
  { receivedAt, reopenWithin = 0 }: StepContext,
): InteractionState | undefined {
  if (reopenWithin === 0 || current?.closedAt === undefined) return undefined;
  if (receivedAt > current.closedAt + reopenWithin) return undefined;
  const { closedAt: _, reason: __, ...rest } = current;
  return { ...rest, contact, state: 'open', lastAt: receivedAt };
}

function touched(
  current: InteractionState | undefined,
  contact: Contact,
  at: number,
  context: StepContext,
): InteractionState {
  if (!current) return passing(contact, at, context);
  if (current.state === 'closed') return { ...current, contact };
  const queue = current.queue ?? context.queue;
  // A clock that is set back must not make it look idle once the clock is right again.
  const lastAt = Math.max(current.lastAt, context.receivedAt);
  return { ...current, contact, lastAt, ...(queue ? { queue } : {}) };
}

/** Stands in for an interaction that we never saw: closed from the start. */
function passing(contact: Contact, at: number, context: StepContext): InteractionState {
  return { id: context.interactionId, contact, state: 'closed', openedAt: at, lastAt: at };
}

function timeOf(at: string | undefined, receivedAt: number): number {
  const told = at === undefined ? receivedAt : Date.parse(at);
  return told > receivedAt + clockSkew ? receivedAt : told;
}

function event(
  state: InteractionState,
  context: StepContext,
  at: number,
  change?: 'opened' | 'closed',
): Omit<WhatsAppEvent, 'name'> {
  return {
    id: context.eventId,
    at: iso(at),
    receivedAt: iso(context.receivedAt),
    account: context.account,
    interaction: view(state, change),
    contact: state.contact,
    ...(state.agent ? { agent: state.agent } : {}),
    ...(state.queue ? { queue: state.queue.name } : {}),
    redelivered: false,
    ...(context.raw === undefined ? {} : { raw: context.raw }),
  };
}

function view(state: InteractionState, change?: 'opened' | 'closed'): Interaction {
  return {
    id: state.id,
    ...(change ? { change } : {}),
    state: state.state,
    openedAt: iso(state.openedAt),
    ...(state.closedAt === undefined ? {} : { closedAt: iso(state.closedAt) }),
    ...(state.reason === undefined ? {} : { reason: state.reason }),
  };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
