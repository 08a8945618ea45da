import type { Node, NodeAPI } from 'node-red';
import type { Reply, ReplyDeskOptions } from '../../src/desktop/server/reply-desk.ts';
import { TriggerError } from '../../src/errors.ts';
import { text as clean } from '../../src/provider/read.ts';
import { eventKey } from '../../src/script/event-key.ts';
import type { Order } from '../../src/send/order.ts';
import { giveTime } from '../shared/endings.ts';
import { outboxOf } from '../shared/outboxes.ts';
import { sendingParty } from '../shared/sending-party.ts';

/**
 * What agents write goes the same way as what whatsapp-out sends. A node that is stopped has some time
 * for what it has begun.
 */
export function createReplies(RED: NodeAPI, node: Node): ReplyDeskOptions['send'] {
  const outbox = outboxOf(RED);
  const life = new AbortController();
  const begun = new Set<Promise<void>>();

  node.on('close', (done: () => void) => {
    void giveTime(begun).then(() => {
      life.abort(new TriggerError('E_SEND', 'The agent desktop was stopped.'));
      outbox.close();
      done();
    });
  });

  async function send(order: Order): Promise<void> {
    await outbox.send(order, life.signal);
  }

  return (reply) => {
    const work = send(orderOf(RED, node, reply)).finally(() => begun.delete(work));
    begun.add(work);
    return work;
  };
}

export function canSend(RED: NodeAPI, accountId: string): boolean {
  try {
    sendingParty(RED, accountId);
    return true;
  } catch {
    return false;
  }
}

function orderOf(RED: NodeAPI, node: Node, { id, interaction, agent, text }: Reply): Order {
  const { id: _, ...contact } = interaction.contact;
  const { phone, userId } = contact;
  return {
    id: eventKey(`${interaction.id}:${id}`, node.id),
    node: node.id,
    to: { ...(phone ? { phone } : {}), ...(userId ? { userId } : {}) },
    contact,
    content: { kind: 'text', text: clean(text) ?? '' },
    agent,
    party: () => sendingParty(RED, interaction.account.id),
    warn: (reason) => node.warn(reason),
  };
}
