import type { Node, NodeAPI } from 'node-red';
import { copyEvent } from '../../../src/event/copy-event.ts';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import { standardVariables } from '../../../src/event/standard-variables.ts';
import { eventKey } from '../../../src/script/event-key.ts';
import type { LogRecord } from '../../../src/trace/log-store/record.ts';
import type { LogRefusal, ResendAnswer, StepNode } from '../../../src/trace/log-types.ts';
import { recorderOf } from './event-logs.ts';
import { forwardingOf } from '../forwarding.ts';
import { houseOf } from '../house.ts';
import { isAction } from './record-steps.ts';

/** Why an event cannot be sent again. */
export class ResendFault extends Error {
  readonly reason: LogRefusal['reason'];

  constructor(reason: LogRefusal['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Sends a kept event through the flow again, or only to one action node; it says `redelivered`. */
export async function resend(
  RED: NodeAPI,
  entry: LogRecord,
  nodeId: string | undefined,
): Promise<ResendAnswer> {
  const event = wholeEvent(entry, nodeId !== undefined);
  const again = { ...event, redelivered: true };
  return nodeId === undefined ? throughFlow(RED, entry, again) : toNode(RED, entry, again, nodeId);
}

/** What masking took away would be missing in conditions and requests: nobody shall send that. */
function wholeEvent({ event, masked }: LogRecord, toOne: boolean): WhatsAppEvent {
  if (!event) throw new ResendFault('notAnEvent', 'The request became no event.');
  const lacks = masked.filter((lack) => toOne || lack !== 'msg');
  if (lacks.length === 0) return event;
  throw new ResendFault('masked', `The log does not keep all of it: ${lacks.join(', ')}.`);
}

function throughFlow(RED: NodeAPI, { steps }: LogRecord, event: WhatsAppEvent): ResendAnswer {
  const takers = [...houseOf(RED).inlets.values()].filter((inlet) => inlet.wants(event));
  if (takers.length === 0) {
    throw new ResendFault('nobodyWants', 'No whatsapp-in node wants this account and event.');
  }
  tell(RED, event);
  // A dead letter would only say again how it failed. It stays until the event is there in its place:
  // what goes through the flow now is kept nowhere else.
  const { nodes, asked } = forwardingOf(RED);
  for (const { node } of steps) {
    if (node && nodes.has(node.id)) asked.add(eventKey(event.id, node.id));
  }
  for (const inlet of takers) {
    inlet.take(event).catch((error: Error) => {
      RED.log.error(`[whatsapp-triggers] ${error.message}`);
    });
  }
  return { nodes: takers.flatMap(({ id }) => nodeAt(RED.nodes.getNode(id)) ?? []) };
}

async function toNode(
  RED: NodeAPI,
  entry: LogRecord,
  event: WhatsAppEvent,
  id: string,
): Promise<ResendAnswer> {
  const node = RED.nodes.getNode(id) as Node | null;
  const named = nodeAt(node);
  if (!node || !named || !isAction(named.type)) {
    throw new ResendFault('nodeGone', 'There is no such action node any more.');
  }
  tell(RED, event, named);
  if (!(await reviveForward(RED, event, id))) node.receive(messageFor(entry, event));
  return { nodes: [named] };
}

/** The message as the node had it, as far as the log knows. */
function messageFor({ variables, steps }: LogRecord, event: WhatsAppEvent) {
  const trigger = steps.findLast(({ outcome }) => outcome === 'met');
  const { id = '', name = '' } = trigger?.node ?? {};
  return {
    topic: event.name,
    payload: copyEvent(event),
    variables: { ...event.interaction.variables, ...standardVariables(event), ...variables },
    ...(trigger ? { trigger: { id, name, ...trigger.detail } } : {}),
  };
}

/** Sends a dead letter of this event at this node again; tells whether there was one. */
async function reviveForward(RED: NodeAPI, event: WhatsAppEvent, id: string): Promise<boolean> {
  const forward = forwardingOf(RED).nodes.get(id);
  if (!forward) return false;
  return (await forward.queue.resend({ ids: [eventKey(event.id, id)] })) > 0;
}

function tell(RED: NodeAPI, event: WhatsAppEvent, node?: StepNode): void {
  const step = { kind: 'resent', outcome: 'resent' } as const;
  recorderOf(RED, event.account.id)?.step(event, { ...step, ...(node ? { node } : {}) });
}

function nodeAt(node: Pick<Node, 'id' | 'type' | 'name'> | null): StepNode | undefined {
  return node ? { id: node.id, type: node.type, name: node.name ?? '' } : undefined;
}
