import type { NodeAPI } from 'node-red';
import { TriggerError } from '../../src/errors.ts';
import { isEvent } from '../../src/event/event.ts';
import type { Inbox } from '../../src/inbox/inbox.ts';
import { ownAt } from '../../src/template/own-path.ts';
import { houseOf, type LiveAccount } from '../shared/house.ts';

/** The interaction that a message is about, and where it may be kept. */
export interface Target {
  readonly interactionId: string;
  /** Undefined where the message does not say. */
  readonly account: LiveAccount | undefined;
  readonly inboxes: readonly Inbox[];
}

/**
 * Of an event its own interaction. Any other message names one by the variable `interactionid`, or
 * `uniqueid`, as a CRM that was told it gives it back; which store has it is then not known.
 */
export function targetOf(RED: NodeAPI, msg: object): Target {
  const { accounts, inboxes } = houseOf(RED);
  const payload = ownAt(msg, ['payload']);
  if (isEvent(payload) && typeof payload.interaction.id === 'string') {
    const account = accounts.get(payload.account.id);
    if (!account) throw new TriggerError('E_CONFIG', "The event's account is not deployed.");
    return { interactionId: payload.interaction.id, account, inboxes: [account.inbox] };
  }
  for (const name of ['interactionid', 'uniqueid']) {
    const named = ownAt(msg, ['variables', name]);
    if (typeof named === 'string' && named !== '') {
      return { interactionId: named, account: undefined, inboxes: [...inboxes] };
    }
  }
  throw new TriggerError(
    'E_CONFIG',
    'The message is no event and names no interaction in msg.variables.interactionid.',
  );
}

/** Asks one store after the other until one has the interaction. */
export async function firstOf<Found>(
  inboxes: readonly Inbox[],
  ask: (inbox: Inbox) => Promise<Found | undefined>,
): Promise<Found | undefined> {
  for (const inbox of inboxes) {
    const found = await ask(inbox);
    if (found !== undefined) return found;
  }
  return undefined;
}
