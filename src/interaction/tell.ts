import type { Account, Agent, Contact, Interaction, WhatsAppEvent } from '../event/event.ts';
import { isDryRun } from './dry-run.ts';

/**
 * What is kept about one conversation of a contact with an account. Times are milliseconds. `lastAt`
 * is when we last received a message: a late one counts as life, whatever the provider's clock says.
 */
export interface InteractionState {
  readonly id: string;
  readonly contact: Contact;
  /** The group it takes place in; a contact's private one is another. */
  readonly group?: string;
  readonly state: 'open' | 'closed';
  readonly openedAt: number;
  readonly lastAt: number;
  /** When the contact last wrote, by the provider's clock. */
  readonly incomingAt?: number;
  readonly closedAt?: number;
  readonly reason?: string;
  readonly agent?: Agent;
  readonly queue?: { readonly id: string; readonly name: string };
  readonly variables?: Readonly<Record<string, string>>;
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
  /** The message answers the closing of an interaction: if it opened one, that would close in turn. */
  readonly opensNone?: boolean;
  readonly raw?: unknown;
}

export function tell(
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
    ...(isDryRun(state.group, context.account) ? { dryRun: true as const } : {}),
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
    ...(state.variables ? { variables: state.variables } : {}),
  };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
