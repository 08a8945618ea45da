import { existsSync } from 'node:fs';
import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { isEvent } from '../../src/event/event.ts';
import type { Outcome } from '../../src/forward/exchange.ts';
import { firstTry } from '../../src/forward/first-try.ts';
import { keptMessage } from '../../src/forward/kept-message.ts';
import { ForwardQueue } from '../../src/forward/queue.ts';
import type { ForwardWork } from '../../src/forward/work.ts';
import type { ForwardStore } from '../../src/store/forwards.ts';
import { fly } from '../shared/flights.ts';
import { onFlowsStarted } from '../shared/flows-started.ts';
import { forwardingOf } from '../shared/forwarding.ts';
import { houseOf } from '../shared/house.ts';
import { defaultStoreFile, inboxOf } from '../shared/inboxes.ts';
import { type Built, type ForwardMessage, laneOf } from './forward-message.ts';
import { inFlow } from './in-flow.ts';

/** Undefined: the request is kept, and the message goes on when a later try has succeeded. */
export type FirstTry = (
  msg: ForwardMessage,
  built: Built,
  signal: AbortSignal,
) => Promise<Outcome | undefined>;

/** Lets a node keep what it cannot send now, and go on with what it has kept, until it is closed. */
export function openDurable(RED: NodeAPI, node: Node, work: ForwardWork): FirstTry {
  const { nodes } = forwardingOf(RED);
  const { accounts, inboxes } = houseOf(RED);
  const queue = new ForwardQueue(work);
  let ownStore: ForwardStore | undefined;

  /** Opened with the first message that needs it: most flows have no other messages than events. */
  const defaultStore = (): ForwardStore => (ownStore ??= inboxOf(RED, node, '').store);
  /** An event's forwards stand in the store of its account, all others in the default one. */
  const storeOf = ({ payload }: ForwardMessage): ForwardStore => {
    const account = isEvent(payload) ? accounts.get(payload.account.id) : undefined;
    return account?.inbox.store ?? defaultStore();
  };

  const live = {
    id: node.id,
    queue,
    send: (message: object) => fly(RED, () => node.send(message as NodeMessage)),
  };
  nodes.set(node.id, live);
  if (existsSync(defaultStoreFile(RED))) defaultStore();
  onFlowsStarted(RED, node, () => {
    const open = new Set<ForwardStore>([...inboxes].map(({ store }) => store));
    queue.retain(open);
    for (const store of open) void queue.attach(store);
  });
  node.on('close', (done: () => void) => {
    if (nodes.get(node.id) === live) nodes.delete(node.id);
    // Node-RED calls a disabled node removed, and one in a subflow that was removed not.
    const isKept = inFlow(RED)(node.id);
    const cancelled = isKept ? undefined : RED._('url-forward.error.removed');
    queue.close(cancelled).catch(work.problem).finally(done);
  });

  return (msg, { request, values }, signal) => {
    const event = isEvent(msg.payload) ? msg.payload : undefined;
    const fresh = {
      request,
      lane: laneOf(msg),
      redelivered: event?.redelivered === true,
      isAsked: event?.resent === true,
      message: () => keptMessage(msg, values),
    };
    return firstTry(fresh, { work, queue, store: storeOf(msg), signal });
  };
}
