import type { NodeAPI } from 'node-red';
import type { Order } from '../../src/send/order.ts';
import { createOutbox, type Outbox, type TryOutcome } from '../../src/send/outbox.ts';
import { defaultWaits } from '../../src/send/retry.ts';
import { setHealth } from './health.ts';
import { houseOf } from './house.ts';
import { secondsOf } from './seconds-setting.ts';

interface Shared {
  readonly outbox: Outbox;
  /** Read anew when the first of its users comes. */
  waits: readonly number[];
  users: number;
}

/** A node's share of the outbox. */
export interface OutboxShare extends Pick<Outbox, 'send'> {
  /**
   * To be called once, when the node is stopped and its sends have ended: the connections end with the
   * last share, and a send that this cuts off is one of which nobody knows whether it went out.
   */
  close(): void;
}

const known = new WeakMap<object, Shared>();

/**
 * The one outbox of a runtime: what a provider allows in a second or a minute holds for all nodes
 * together, and also over a deploy.
 */
export function outboxOf(RED: NodeAPI): OutboxShare {
  const shared = known.get(RED.events) ?? open(RED);
  known.set(RED.events, shared);
  if (shared.users === 0) shared.waits = waitsOf(RED);
  shared.users += 1;
  return {
    send: (order, signal) => shared.outbox.send(order, signal),
    close: () => {
      shared.users -= 1;
      if (shared.users === 0) shared.outbox.rest();
    },
  };
}

function open(RED: NodeAPI): Shared {
  const outbox = createOutbox({
    waits: () => shared.waits,
    health: (accountId, problem) => setHealth(RED, accountId, problem),
    tried: (order, outcome) => count(RED, order, outcome),
    problem: (error) => RED.log.error(`[whatsapp-triggers] ${error.message}`),
  });
  const shared: Shared = { outbox, waits: defaultWaits, users: 0 };
  return shared;
}

function count(RED: NodeAPI, { node }: Order, outcome: TryOutcome): void {
  houseOf(RED).meters.sends.add(1, node, RED.nodes.getNode(node)?.name ?? '', outcome);
}

/** `whatsappTriggers.send.waits`. */
function waitsOf(RED: NodeAPI): readonly number[] {
  return secondsOf(RED, {
    group: 'send',
    name: 'waits',
    most: 10,
    longest: 600,
    fallback: defaultWaits,
  });
}
