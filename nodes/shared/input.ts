import type { Node, NodeAPI, NodeMessage, NodeMessageInFlow } from 'node-red';
import { asTriggerError, type ErrorCode, TriggerError } from '../../src/errors.ts';
import { giveTime } from './endings.ts';
import { inputRecorder, type RecordInput } from './log/record-steps.ts';

/** One entry per output; null sends nothing there. A single message goes to the first output. */
export type Sent =
  NodeMessage | readonly (NodeMessage | readonly NodeMessage[] | null)[] | undefined;

export interface InputContext {
  /** Ends with the node: what is still under way then is to stop. */
  readonly signal: AbortSignal;
}

export type InputHandler = (msg: NodeMessageInFlow, context: InputContext) => Promise<Sent> | Sent;

export interface InputOptions {
  /** The code of a failure that does not bring one of its own. */
  readonly code: ErrorCode;
  /** Called after a failure with the coded error, to show it in the node's status. */
  readonly failed?: (error: TriggerError) => void;
}

const bound = new WeakSet<object>();

/** Whether a node says that it is done only when it is, also while it is being stopped. */
export function isBound(node: object): boolean {
  return bound.has(node);
}

/**
 * Binds the one input handler of a node. Whatever the handler does, `done` is called exactly once,
 * every failure reaches Catch nodes with a code, and nothing rejects: a rejected promise in a bare
 * handler would end the Node-RED process. A node that is stopped has some time for what it has begun;
 * `ended` is called after that. What the node did with an event goes to the trigger log.
 */
export function onInput(
  RED: NodeAPI,
  node: Node,
  options: InputOptions,
  handler: InputHandler,
  ended: () => void = () => undefined,
): void {
  const life = new AbortController();
  const begun = new Set<Promise<void>>();
  const record = inputRecorder(RED, node);
  bound.add(node);
  node.on('input', (msg, send, done) => {
    const work = settle(options, handler, { record, signal: life.signal }, msg, send, done)
      .catch((error) => node.error(error))
      .finally(() => begun.delete(work));
    begun.add(work);
  });
  node.on('close', (done: () => void) => {
    void giveTime(begun).then(() => {
      life.abort(new TriggerError(options.code, 'The node was stopped.'));
      ended();
      done();
    });
  });
}

async function settle(
  options: InputOptions,
  handler: InputHandler,
  { record, signal }: { readonly record: RecordInput; readonly signal: AbortSignal },
  msg: NodeMessageInFlow,
  send: (msg: NodeMessage | NodeMessage[]) => void,
  done: (error?: Error) => void,
): Promise<void> {
  let failure: TriggerError | undefined;
  const ended = record(msg);
  try {
    const sent = await handler(msg, { signal });
    ended?.(sent !== undefined);
    if (sent !== undefined) send(sent as NodeMessage);
  } catch (error) {
    failure = asTriggerError(error, options.code);
    ended?.(false, failure);
  }
  if (failure && !signal.aborted) options.failed?.(failure);
  done(failure);
}
