import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import type { TriggerError } from '../../../src/errors.ts';
import { isEvent } from '../../../src/event/event.ts';
import type { StepDetail, StepKind, StepOutcome } from '../../../src/trace/log-types.ts';
import { recorderOf } from './event-logs.ts';

/** Called when the handler has ended: whether it sends something on, and how it failed. */
export type InputEnded = (sends: boolean, failure?: TriggerError) => void;

/** Called when a message has come; undefined where there is nothing to record. */
export type RecordInput = (msg: NodeMessageInFlow) => InputEnded | undefined;

/** What a node of ours adds to a message, and what its handling is called in the log. */
interface Told {
  readonly kind: StepKind;
  readonly part?: 'trigger' | 'response' | 'receipt' | 'script' | 'sent';
}

type Message = NodeMessageInFlow & {
  readonly [part in 'trigger' | 'response' | 'receipt' | 'script' | 'sent' | 'stubbed']?: unknown;
} & { readonly variables?: unknown };

const told: Readonly<Record<string, Told>> = {
  'trigger-condition': { kind: 'decision', part: 'trigger' },
  'url-forward': { kind: 'action', part: 'response' },
  'browser-popup': { kind: 'action', part: 'receipt' },
  'cti-url': { kind: 'action', part: 'receipt' },
  script: { kind: 'action', part: 'script' },
  'whatsapp-out': { kind: 'send', part: 'sent' },
  interaction: { kind: 'action' },
};

/** The nodes that an event can be sent to alone. */
export function isAction(type: string): boolean {
  return Object.hasOwn(told, type) && told[type]?.kind !== 'decision';
}

/** Records what a node does with events: how it ended, what it added to the message, how long it took. */
export function inputRecorder(RED: NodeAPI, node: Node): RecordInput {
  const told = toldOf(node.type);
  if (!told) return () => undefined;
  const from = { id: node.id, type: node.type, name: node.name ?? '' };
  const begin = (msg: Message): InputEnded | undefined => {
    const { payload: event, stubbed } = msg;
    if (!isEvent(event) || typeof event.id !== 'string') return undefined;
    const recorder = recorderOf(RED, event.account.id);
    if (!recorder) return undefined;
    const began = performance.now();
    const end: InputEnded = (sends, failure) => {
      const isStubbed = msg.stubbed !== undefined && msg.stubbed !== stubbed;
      const detail = {
        ...detailOf(told, msg, isStubbed),
        ...(failure && { error: { code: failure.code, message: failure.message } }),
        duration: Math.round((performance.now() - began) * 10) / 10,
      };
      const outcome = failure ? 'failed' : outcomeOf(told, detail, sends, isStubbed);
      const { variables } = msg;
      recorder.step(event, { kind: told.kind, outcome, node: from, detail, variables });
    };
    return (sends, failure) => quietly(() => end(sends, failure));
  };
  return (msg: Message) => quietly(() => begin(msg));
}

/** A message that throws when it is looked at is the business of the node, and of no log. */
function quietly<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function toldOf(type: string): Told | undefined {
  return Object.hasOwn(told, type) ? told[type] : undefined;
}

function detailOf({ part }: Told, msg: Message, isStubbed: boolean): StepDetail {
  if (isStubbed) return { stubbed: msg.stubbed };
  if (part === undefined) return {};
  const added = msg[part];
  if (part !== 'trigger') return added === undefined ? {} : { [part]: added };
  const { sentence, met, conditions } = (added ?? {}) as StepDetail;
  return {
    ...(sentence === undefined ? {} : { sentence }),
    ...(met === undefined ? {} : { met }),
    ...(conditions === undefined ? {} : { conditions }),
  };
}

/** A trigger that is switched off asks nothing, and one that asks nothing is always met. */
function outcomeOf(
  { kind }: Told,
  { met, conditions, receipt }: StepDetail,
  sends: boolean,
  isStubbed: boolean,
): StepOutcome {
  if (isStubbed) return 'stubbed';
  if (kind === 'decision') return met ? 'met' : conditions?.length === 0 ? 'off' : 'notMet';
  const { status } = (receipt ?? {}) as { status?: unknown };
  if (status === 'queued') return 'waiting';
  if (status === 'undelivered') return 'undelivered';
  return sends ? 'done' : 'waiting';
}
