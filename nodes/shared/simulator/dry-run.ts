import type { Node, NodeAPI, NodeMessage, NodeMessageInFlow } from 'node-red';
import { isEvent, type WhatsAppEvent } from '../../../src/event/event.ts';
import { flightsOf } from '../flights.ts';
import type { InputHandler } from '../input.ts';

/** What an action would have done, as `msg.stubbed` tells it; no secret among it. */
export type Stub = Readonly<Record<string, unknown>>;

type StubbedMessage = NodeMessageInFlow & { stubbed?: { readonly type: string } & Stub };

/**
 * What a message says of a dry run beside its event. Nodes copy it with the message, so that it is
 * still there when the payload is another one and the flow has long been done with the event.
 */
export function dryMark({ dryRun }: WhatsAppEvent): Pick<WhatsAppEvent, 'dryRun'> {
  return dryRun ? { dryRun } : {};
}

/**
 * Whether nothing outside may be done for a message: its event is of a dry run of the simulator, or it
 * carries the mark, or it is known by its way. One of them is enough, since each is only ever a reason
 * to do nothing.
 */
function isDryRun(RED: NodeAPI, msg: NodeMessage & { readonly dryRun?: unknown }): boolean {
  const { payload, dryRun } = msg;
  if (isEvent(payload) && payload.dryRun && payload.account.provider === 'simulator') return true;
  return dryRun === true || (flightsOf(RED)?.isDry(msg) ?? false);
}

/**
 * The handler of an action node that does nothing in a dry run: the message goes on with what would
 * have been done in `msg.stubbed`. What cannot be made ready fails as it would in earnest.
 */
export function orStub(
  RED: NodeAPI,
  node: Node,
  stub: (msg: NodeMessageInFlow) => Promise<Stub> | Stub,
  handler: InputHandler,
): InputHandler {
  return async (msg: StubbedMessage, context) => {
    if (!isDryRun(RED, msg)) return handler(msg, context);
    msg.stubbed = { type: node.type, ...(await stub(msg)) };
    const text = RED._(`${node.type}.status.stubbed`);
    if (!context.signal.aborted) node.status({ fill: 'grey', shape: 'ring', text });
    return msg;
  };
}
