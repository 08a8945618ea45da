import type { Node, NodeAPI } from 'node-red';
import { copyEvent } from '../../../src/event/copy-event.ts';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import { standardVariables } from '../../../src/event/standard-variables.ts';
import { eventKey } from '../../../src/script/event-key.ts';
import type { LogLack } from '../../../src/trace/log-settings.ts';
import type { LogRecord } from '../../../src/trace/log-store/record.ts';
import type { LogRefusal, ResendAnswer, StepNode } from '../../../src/trace/log-types.ts';
import { recorderOf } from './event-logs.ts';
import { fly } from '../flights.ts';
import { forwardingOf } from '../forwarding.ts';
import { houseOf, type Inlet } from '../house.ts';
import { dryMark } from '../simulator/dry-run.ts';
import { isAction } from './record-steps.ts';

/** Why an event cannot be sent again. */
export class ResendFault extends Error {
  readonly reason: LogRefusal['reason'];

  constructor(reason: LogRefusal['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Sends a kept event through the flow again, or only to one action node; it says so. */
export async function resend(
  RED: NodeAPI,
  entry: LogRecord,
  nodeId: string | undefined,
): Promise<ResendAnswer> {
  return nodeId === undefined ? throughFlow(RED, entry) : toNode(RED, entry, nodeId);
}

function throughFlow(RED: NodeAPI, entry: LogRecord): ResendAnswer {
  const event = wholeEvent(RED, entry, ['msg']);
  const takers = takersOf(RED, event);
  if (takers.length === 0) {
    throw new ResendFault('nobodyWants', 'No whatsapp-in node wants this account and event.');
  }
  tell(RED, event);
  for (const inlet of takers) {
    report(RED, inlet.take(event));
  }
  return { nodes: takers.flatMap(({ id }) => nodeAt(RED.nodes.getNode(id)) ?? []) };
}

async function toNode(RED: NodeAPI, entry: LogRecord, id: string): Promise<ResendAnswer> {
  const kept = eventOf(entry);
  const node = RED.nodes.getNode(id) as Node | null;
  const named = nodeAt(node);
  if (!node || !named || !isAction(named.type)) {
    throw new ResendFault('nodeGone', 'There is no such action node any more.');
  }
  // The message of a dead letter is whole, whatever the log lacks.
  if (await reviveForward(RED, kept, id)) {
    tell(RED, kept, named);
    return { nodes: [named] };
  }
  const event = wholeEvent(RED, entry, []);
  tell(RED, event, named);
  const msg = messageFor(entry, event);
  report(
    RED,
    fly(RED, () => node.receive(msg), event.dryRun),
  );
  return { nodes: [named] };
}

/** Nobody waits for what becomes of it in the flow. */
function report(RED: NodeAPI, landing: Promise<unknown>): void {
  landing.catch((error: Error) => RED.log.error(`[whatsapp-triggers] ${error.message}`));
}

/** What the log does not keep would be missing in conditions and requests: nobody shall send that. */
function wholeEvent(
  RED: NodeAPI,
  entry: LogRecord,
  dispensable: readonly LogLack[],
): WhatsAppEvent {
  const event: WhatsAppEvent = { ...eventOf(entry), redelivered: true, resent: true };
  const isRawWanted = takersOf(RED, event).some(({ raw }) => raw);
  const lacks = entry.masked.filter((lack) =>
    lack === 'raw' ? isRawWanted : !dispensable.includes(lack),
  );
  if (lacks.length === 0) return event;
  throw new ResendFault('masked', `The log does not keep all of it: ${lacks.join(', ')}.`);
}

function eventOf({ event }: LogRecord): WhatsAppEvent {
  if (event) return event;
  throw new ResendFault('notAnEvent', 'The request became no event.');
}

function takersOf(RED: NodeAPI, event: WhatsAppEvent): readonly Inlet[] {
  return [...houseOf(RED).inlets.values()].filter((inlet) => inlet.wants(event));
}

/** The message as the node had it, as far as the log knows. */
function messageFor({ variables, steps }: LogRecord, event: WhatsAppEvent) {
  const trigger = steps.findLast(({ outcome }) => outcome === 'met');
  const { id = '', name = '' } = trigger?.node ?? {};
  return {
    topic: event.name,
    payload: copyEvent(event),
    variables: { ...event.interaction.variables, ...standardVariables(event), ...variables },
    ...dryMark(event),
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
