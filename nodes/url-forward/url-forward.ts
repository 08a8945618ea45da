import type { Node, NodeAPI, NodeDef } from 'node-red';
import { asTriggerError } from '../../src/errors.ts';
import type { Answer } from '../../src/forward/answer.ts';
import { attempt } from '../../src/forward/attempt.ts';
import { type Credentials, createAuth } from '../../src/forward/auth.ts';
import { createClient } from '../../src/forward/client.ts';
import { portOf } from '../../src/forward/exchange.ts';
import { onlyTry } from '../../src/forward/first-try.ts';
import type { ForwardRequest } from '../../src/forward/request.ts';
import { createTargetPolicy } from '../../src/forward/target.ts';
import type { ForwardWork } from '../../src/forward/work.ts';
import { forwardingOf, scheduleOf } from '../shared/forwarding.ts';
import { onInput } from '../shared/input.ts';
import { refuse } from '../shared/refuse.ts';
import { attachForwardRoutes } from './forward-routes.ts';
import { openDurable } from './durable.ts';
import { type ForwardConfig, readForward } from './forward-config.ts';
import { countTry } from './count-try.ts';
import { type Build, createBuilder, type ForwardMessage, setVariables } from './forward-message.ts';
import { createStatus, type ForwardStatus } from './forward-status.ts';

export default function register(RED: NodeAPI): void {
  attachForwardRoutes(RED);
  RED.nodes.registerType<Node<Credentials>, NodeDef, object, Credentials>(
    'url-forward',
    function (saved) {
      RED.nodes.createNode(this, saved);
      try {
        start(RED, this, readForward(saved));
      } catch (error) {
        refuse(this, asTriggerError(error, 'E_CONFIG'));
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

function start(RED: NodeAPI, node: Node<Credentials>, config: ForwardConfig): void {
  const auth = createAuth(config.auth, config.authHeader, node.credentials ?? {});
  const policy = createTargetPolicy(config.allow);
  const origin = new URL(config.plan.url.origin);
  policy.check(origin.hostname, portOf(origin));
  const client = createClient(policy);
  const build = createBuilder(RED, node, config);
  const status = createStatus(RED, node);
  const tryOnce: ForwardWork['attempt'] = async (request, signal) => {
    const { timeout } = config.plan;
    const context = { client, auth, now: Date.now(), signal };
    const outcome = await attempt({ ...request, timeout }, context);
    if (!signal.aborted) countTry(RED, node, outcome);
    return outcome;
  };
  const work = createWork(RED, node, config, { build, status, tryOnce });
  const durable = config.retry === 'durable' ? openDurable(RED, node, work) : undefined;

  onInput(
    node,
    { code: 'E_HTTP_NETWORK', failed: status.failed },
    async (msg, { signal }) => {
      const message: ForwardMessage = msg;
      const { request, missing } = await build(message).finally(() => delete message.response);
      const began = performance.now();
      const outcome = durable
        ? await durable(message, request, signal)
        : await onlyTry(request, work, signal);
      if (!outcome) return undefined;
      const { answer, error } = outcome;
      if (answer) message.response = { ...answer, attempts: 1 };
      if (error) throw error;
      const unset = setVariables(message, config, answer);
      status.done(answer, performance.now() - began, [...missing, ...unset]);
      return message;
    },
    () => client.close(),
  );
}

interface Parts {
  readonly build: Build;
  readonly status: ForwardStatus;
  readonly tryOnce: ForwardWork['attempt'];
}

/** What the queue of later tries asks of the node. */
function createWork(
  RED: NodeAPI,
  node: Node,
  config: ForwardConfig,
  { build, status, tryOnce }: Parts,
): ForwardWork {
  const { traffic, passing } = forwardingOf(RED);
  const messageOf = (json: string): ForwardMessage => JSON.parse(json) as ForwardMessage;
  return {
    node: node.id,
    target: config.plan.url.origin,
    schedule: scheduleOf(RED),
    traffic,
    attempt: tryOnce,
    rebuild: async (message): Promise<ForwardRequest> => (await build(messageOf(message))).request,
    isPassing: (id) => passing.has(id),
    async passOn(forward, store, answer?: Answer) {
      if (!answer) return passing.start(forward, store);
      const message = messageOf(forward.message);
      message.response = { ...answer, attempts: forward.attempts };
      const missing = setVariables(message, config, answer);
      status.done(answer, 0, missing);
      return passing.start(forward, store, message);
    },
    tried: (error, isFinal) => (isFinal ? status.failed(error) : status.retrying(error)),
    failed(forward, error, answer) {
      const message = messageOf(forward.message);
      if (answer) message.response = { ...answer, attempts: forward.attempts };
      node.error(error, message);
    },
    changed: status.counted,
    problem: (error) => node.error(error),
  };
}
