import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import { asTriggerError } from '../../src/errors.ts';
import type { Sent } from '../../src/send/order.ts';
import { orStub, type Stub } from '../shared/simulator/dry-run.ts';
import { type InputHandler, onInput } from '../shared/input.ts';
import { outboxOf } from '../shared/outboxes.ts';
import { refuse } from '../shared/refuse.ts';
import { type OutConfig, readOut } from './out-config.ts';
import { createOrders } from './out-order.ts';
import { attachOutPreview } from './out-preview.ts';
import { createStatus } from './out-status.ts';

type OutMessage = NodeMessageInFlow & { sent?: Sent };

export default function register(RED: NodeAPI): void {
  attachOutPreview(RED);
  RED.nodes.registerType('whatsapp-out', function (this: Node, saved: NodeDef) {
    RED.nodes.createNode(this, saved);
    try {
      start(RED, this, readOut(saved));
    } catch (error) {
      refuse(RED, this, asTriggerError(error, 'E_CONFIG'));
    }
  });
}

function start(RED: NodeAPI, node: Node, config: OutConfig): void {
  const status = createStatus(RED, node);
  const orderFor = createOrders(RED, node, config, status.delayed);
  const outbox = outboxOf(RED);

  const answer: InputHandler = async (msg: OutMessage, { signal }) => {
    delete msg.sent;
    const { sent, missing } = await send(msg, signal);
    msg.sent = sent;
    if (!signal.aborted) status.sent(sent.status, missing);
    return msg;
  };
  const stub = async (msg: OutMessage): Promise<Stub> => {
    delete msg.sent;
    const { order } = await orderFor(msg);
    return { account: order.party().account.id, to: order.to, content: order.content };
  };
  const options = { code: 'E_SEND', failed: status.failed } as const;
  onInput(RED, node, options, orStub(RED, node, stub, answer), () => outbox.close());

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
