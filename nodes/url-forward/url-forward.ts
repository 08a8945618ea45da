import type { Node, NodeAPI, NodeDef } from 'node-red';
import { asTriggerError } from '../../src/errors.ts';
import type { Answer } from '../../src/forward/answer.ts';
import { attempt } from '../../src/forward/attempt.ts';
import { type Credentials, createAuth } from '../../src/forward/auth.ts';
import { createClient } from '../../src/forward/client.ts';
import { portOf } from '../../src/forward/exchange.ts';
import { onlyTry } from '../../src/forward/first-try.ts';
import { readKept } from '../../src/forward/kept-message.ts';
import type { ForwardRequest } from '../../src/forward/request.ts';
import { createTargetPolicy } from '../../src/forward/target.ts';
import type { ForwardWork } from '../../src/forward/work.ts';
import { forwardingOf, scheduleOf } from '../shared/forwarding.ts';
import { orStub, type Stub } from '../shared/simulator/dry-run.ts';
import { type InputHandler, onInput } from '../shared/input.ts';
import { refuse } from '../shared/refuse.ts';
import { attachForwardPreview } from './forward-preview.ts';
import { attachForwardRoutes } from './forward-routes.ts';
import { openDurable } from './durable.ts';
import { type ForwardConfig, readForward } from './forward-config.ts';
import { countTry } from './count-try.ts';
import { createForwardLog, type ForwardLog } from './forward-log.ts';
import { type Build, createBuilder, type ForwardMessage, setVariables } from './forward-message.ts';
import { createStatus, type ForwardStatus } from './forward-status.ts';
import { cancelOrphans } from './orphans.ts';

/** Where its saved secrets may go is known of a node, also when it was refused. */
interface ForwardNode extends Node<Credentials> {
  origin?: string;
}

export default function register(RED: NodeAPI): void {
  attachForwardRoutes(RED);
  attachForwardPreview(RED);
  cancelOrphans(RED);
  RED.nodes.registerType<ForwardNode, NodeDef, object, Credentials>(
    'url-forward',
    function (saved) {
      RED.nodes.createNode(this, saved);
      try {
        start(RED, this, readForward(saved));
      } catch (error) {
        refuse(RED, this, asTriggerError(error, 'E_CONFIG'));
      }
    },
    {
      credentials: {
        user: { type: 'text' },
        password: { type: 'password' },
        token: { type: 'password' },
        secret: { type: 'password' },
      },
    },
  );
}

function start(RED: NodeAPI, node: ForwardNode, config: ForwardConfig): void {
  node.origin = config.plan.url.origin;
  const auth = createAuth(config.auth, config.authHeader, node.credentials ?? {});
  const policy = createTargetPolicy(config.allow);
  const origin = new URL(config.plan.url.origin);
  policy.check(origin.hostname, portOf(origin));
  const client = createClient(policy);
  const build = createBuilder(RED, node, config);
  const status = createStatus(RED, node);
  const log = createForwardLog(RED, node);
  const tryOnce: ForwardWork['attempt'] = async (request, signal) => {
    const { timeout } = config.plan;
    const context = { client, auth, now: Date.now(), signal };
    const outcome = await attempt({ ...request, timeout }, context);
    if (signal.aborted) return outcome;
    countTry(RED, node, outcome);
    log.tried(request, outcome);
    return outcome;
  };
  const work = createWork(RED, node, config, { build, log, status, tryOnce });
  const durable = config.retry === 'durable' ? openDurable(RED, node, work) : undefined;

  const forward: InputHandler = async (msg, { signal }) => {
    const message: ForwardMessage = msg;
    const built = await build(message).finally(() => delete message.response);
    const { request, missing } = built;
    const began = performance.now();
    log.began(request, message);
    const outcome = durable
      ? await durable(message, built, signal)
      : await onlyTry(request, work, signal);
    if (!outcome) return undefined;
    const { answer, error } = outcome;
    if (answer) message.response = { ...answer, attempts: 1 };
    if (error) throw error;
    const unset = setVariables(message, config, answer);
    status.done(answer, performance.now() - began, [...missing, ...unset]);
    return message;
  };
  const options = { code: 'E_HTTP_NETWORK', failed: status.failed } as const;
  onInput(RED, node, options, orStub(RED, node, stubOf(build), forward), () => client.close());
}

/** The credentials come to a request only when it goes out. */
function stubOf(build: Build) {
  return async (msg: ForwardMessage): Promise<Stub> => {
    const { request } = await build(msg).finally(() => delete msg.response);
    const { method, url, headers, body } = request;
    return { method, url, headers, body };
  };
}

interface Parts {
  readonly build: Build;
  readonly log: ForwardLog;
  readonly status: ForwardStatus;
  readonly tryOnce: ForwardWork['attempt'];
}

/** What the queue of later tries asks of the node. */
function createWork(
  RED: NodeAPI,
  node: Node,
  config: ForwardConfig,
  { build, log, status, tryOnce }: Parts,
): ForwardWork {
  const { traffic, passing } = forwardingOf(RED);
  const messageOf = (kept: string): ForwardMessage => readKept(kept).message as ForwardMessage;
  return {
    node: node.id,
    target: config.plan.url.origin,
    schedule: scheduleOf(RED),
    traffic,
    attempt: tryOnce,
    async rebuild(kept): Promise<ForwardRequest> {
      const { message, values } = readKept(kept);
      // One that is there is the answer to this very forward, not to one before it.
      delete message['response'];
      return (await build(message as ForwardMessage, values)).request;
    },
    isPassing: (id) => passing.has(id),
    async passOn(forward, store, answer?: Answer) {
      if (!answer) return passing.start(forward, store);
      const message = messageOf(forward.message);
      message.response = { ...answer, attempts: forward.attempts };
      const missing = setVariables(message, config, answer);
      status.done(answer, 0, missing);
      log.ended(message);
      return passing.start(forward, store, message);
    },
    tried(error, isFinal, forward) {
      if (isFinal) return status.failed(error);
      status.retrying(error);
      if (forward) log.retrying(messageOf(forward.message), error, forward.attempts);
    },
    failed(forward, error, answer) {
      const message = messageOf(forward.message);
      if (answer) message.response = { ...answer, attempts: forward.attempts };
      log.ended(message, error);
      node.error(error, message);
    },
    changed: status.counted,
    problem: (error) => node.error(error),
  };
}
