import type { Node, NodeMessage, NodeMessageInFlow } from 'node-red';
import { asTriggerError, type ErrorCode, TriggerError } from '../../src/errors.ts';

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

/**
 * Binds the one input handler of a node. Whatever the handler does, `done` is called exactly once,
 * every failure reaches Catch nodes with a code, and nothing rejects: a rejected promise in a bare
 * handler would end the Node-RED process.
 */
export function onInput(node: Node, options: InputOptions, handler: InputHandler): void {
  const life = new AbortController();
  node.on('input', (msg, send, done) => {
    settle(options, handler, life.signal, msg, send, done).catch((error) => node.error(error));
  });
  node.on('close', () => life.abort(new TriggerError(options.code, 'The node was stopped.')));
}

async function settle(
  options: InputOptions,
  handler: InputHandler,
  signal: AbortSignal,
  msg: NodeMessageInFlow,
  send: (msg: NodeMessage | NodeMessage[]) => void,
  done: (error?: Error) => void,
): Promise<void> {
  let failure: TriggerError | undefined;
  try {
    const sent = await handler(msg, { signal });
    if (sent !== undefined) send(sent as NodeMessage);
  } catch (error) {
    failure = asTriggerError(error, options.code);
  }
  if (failure && !signal.aborted) options.failed?.(failure);
  done(failure);
}
