import { randomUUID } from 'node:crypto';
import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import { TriggerError } from '../../src/errors.ts';
import { isEvent, type WhatsAppEvent } from '../../src/event/event.ts';
import type { Person } from '../../src/provider/provider.ts';
import { text } from '../../src/provider/read.ts';
import type { Recipient } from '../../src/provider/sender.ts';
import type { Order } from '../../src/send/order.ts';
import { recipientOf } from '../../src/send/recipient.ts';
import { createSendIds } from '../../src/send/send-id.ts';
import { sendingParty } from '../shared/sending-party.ts';
import type { Values } from '../../src/template/template.ts';
import { resolveNames } from '../shared/variables.ts';
import type { OutConfig } from './out-config.ts';
import { planContent, planText } from './out-content.ts';

export type MakeOrder = (
  msg: NodeMessageInFlow,
) => Promise<{ readonly order: Order; readonly missing: readonly string[] }>;

/** Makes the order for a message. Throws E_CONFIG or E_TEMPLATE for a form that is wrong. */
export function createOrders(
  RED: NodeAPI,
  node: Node,
  config: OutConfig,
  delayed: () => void,
): MakeOrder {
  const content = planContent(config);
  const to = planText(config.to);
  const names = [...new Set([...content.names, ...to.names])];
  const ids = createSendIds(node.id);
  if (config.account !== '') sendingParty(RED, config.account);

  return async (msg) => {
    const { values: found, missing } = await resolveNames(RED, node, msg, names);
    const values = cleaned(found);
    const event = isEvent(msg.payload) ? msg.payload : undefined;
    const accountId = config.account || event?.account.id;
    if (accountId === undefined) {
      throw new TriggerError('E_SEND', 'The message is no event: the node must name an account.');
    }
    const recipient = whom(config.to === '' ? undefined : to.build(values), event);
    const said = content.build(values, msg);
    const order: Order = {
      id: event ? ids.of(event, recipient.to, said) : randomUUID(),
      node: node.id,
      ...recipient,
      content: said,
      ...(event && isAnswer(event) ? { answers: event.id } : {}),
      party: () => sendingParty(RED, accountId),
      warn: (reason) => node.warn(reason),
      delayed,
    };
    return { order, missing };
  };
}

/** Also an event of our own making can make a flow go round. What comes again did not come of a loop. */
function isAnswer({ name, redelivered }: WhatsAppEvent): boolean {
  return !redelivered && (name === 'message.incoming' || name === 'message.outgoing');
}

function whom(
  written: string | undefined,
  event: WhatsAppEvent | undefined,
): { readonly to: Recipient; readonly contact: Person } {
  const known = event && idsOf(event.contact);
  if (written === undefined) {
    if (known && (known.to.phone || known.to.userId)) return known;
    throw unaddressed(event ? 'The contact has no phone number and no user id.' : noRecipient);
  }
  const to = recipientOf(written);
  if (!to)
    throw unaddressed(written.trim() === '' ? noRecipient : 'The recipient is no phone number.');
  const isKnown = known && (to.phone ? to.phone === known.to.phone : to.userId === known.to.userId);
  return isKnown ? known : { to, contact: to };
}

function idsOf(known: WhatsAppEvent['contact']) {
  const { id: _, ...contact } = known;
  const { phone, userId } = contact;
  return { to: { ...(phone ? { phone } : {}), ...(userId ? { userId } : {}) }, contact };
}

/** Halves of characters and NUL: no provider takes them. */
function cleaned(values: Values): Values {
  const clean = Object.entries(values).map(([name, value]) => [name, text(value) ?? ''] as const);
  return Object.assign(Object.create(null) as object, Object.fromEntries(clean));
}

const noRecipient = 'There is nobody to send it to.';

function unaddressed(reason: string): TriggerError {
  return new TriggerError('E_SEND', reason, { details: { code: 'recipient' } });
}
