import { randomUUID } from 'node:crypto';
import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import type { Order, SendingParty } from '../../src/send/order.ts';
import { runOf } from '../../src/send/run.ts';
import { createSendIds } from '../../src/send/send-id.ts';
import { sendingParty } from '../shared/sending-party.ts';
import type { OutConfig } from './out-config.ts';
import { createMessages } from './out-message.ts';

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
  const messageFor = createMessages(RED, node, config);
  const ids = createSendIds(node.id);
  if (config.account !== '') sendingParty(RED, config.account);

  return async (msg) => {
    const { accountId, to, contact, content, event, missing } = await messageFor(msg);
    const party = (): SendingParty => sendingParty(RED, accountId);
    const idFor = (cause: WhatsAppEvent): Promise<string> =>
      ids.of({ event: cause, run: runOf(msg) }, to, content, party().account.inbox.store);
    const order: Order = {
      id: event ? await idFor(event) : randomUUID(),
      node: node.id,
      to,
      contact,
      content,
      ...(event && isAnswer(event) ? { answers: event.id } : {}),
      ...(event?.name === 'interaction.closed' ? { closed: event.interaction.id } : {}),
      party,
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
