import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import { asTriggerError } from '../../src/errors.ts';
import type { Sent } from '../../src/send/order.ts';
import { onInput } from '../shared/input.ts';
import { outboxOf } from '../shared/outboxes.ts';
import { refuse } from '../shared/refuse.ts';
import { type OutConfig, readOut } from './out-config.ts';
import { createOrders } from './out-order.ts';
import { createStatus } from './out-status.ts';

type OutMessage = NodeMessageInFlow & { sent?: Sent };

export default function register(RED: NodeAPI): void {
  RED.nodes.registerType('whatsapp-out', function (this: Node, saved: NodeDef) {
    RED.nodes.createNode(this, saved);
    try {
      start(RED, this, readOut(saved));
    } catch (error) {
      refuse(this, asTriggerError(error, 'E_CONFIG'));
    }
  });
}

function start(RED: NodeAPI, node: Node, config: OutConfig): void {
  const status = createStatus(RED, node);
  const orderFor = createOrders(RED, node, config, status.delayed);
  const outbox = outboxOf(RED, node);

  onInput(node, { code: 'E_SEND', failed: status.failed }, async (msg: OutMessage, { signal }) => {
    delete msg.sent;
    const { sent, missing } = await send(msg, signal);
    msg.sent = sent;
    if (!signal.aborted) status.sent(sent.status, missing);
    return msg;
  });

  async function send(msg: OutMessage, signal: AbortSignal) {
    status.began();
    try {
      const { order, missing } = await orderFor(msg);
      return { sent: await outbox.send(order, signal), missing };
    } finally {
      status.ended();
    }
  }
}
