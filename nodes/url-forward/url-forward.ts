import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import { asTriggerError, type TriggerError } from '../../src/errors.ts';
import { isEvent } from '../../src/event/event.ts';
import { type Answer, responseVariables } from '../../src/forward/answer.ts';
import { attempt } from '../../src/forward/attempt.ts';
import { type Credentials, createAuth } from '../../src/forward/auth.ts';
import { createClient } from '../../src/forward/client.ts';
import { buildRequest, type ForwardRequest } from '../../src/forward/request.ts';
import { portOf } from '../../src/forward/exchange.ts';
import { createTargetPolicy } from '../../src/forward/target.ts';
import { eventKey } from '../../src/script/event-key.ts';
import { missingReporter } from '../shared/field.ts';
import { onInput } from '../shared/input.ts';
import { refuse } from '../shared/refuse.ts';
import { pacedStatus } from '../shared/paced-status.ts';
import { flatVariables, resolveNames, shareableVariables } from '../shared/variables.ts';
import { type ForwardConfig, readForward } from './forward-config.ts';

interface ForwardMessage extends NodeMessageInFlow {
  response?: Answer & { readonly attempts: number };
  variables?: unknown;
}

export default function register(RED: NodeAPI): void {
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

  onInput(node, { code: 'E_HTTP_NETWORK', failed: status.failed }, async (msg, { signal }) => {
    const message: ForwardMessage = msg;
    delete message.response;
    const { request, missing } = await build(message);
    const began = performance.now();
    const { answer, error } = await attempt(request, { client, auth, now: Date.now(), signal });
    if (answer) message.response = { ...answer, attempts: 1 };
    if (error) throw error;
    const unset = setVariables(message, config, answer);
    status.done(answer, performance.now() - began, [...missing, ...unset]);
    return message;
  });
  node.on('close', () => client.close());
}

/** Makes the request for a message: all of the templates are asked for their names at once. */
function createBuilder(RED: NodeAPI, node: Node, { plan, eventData, selected }: ForwardConfig) {
  const headerNames = plan.headers.flatMap(({ value }) => value.names);
  const names = [...new Set([...plan.url.names, ...headerNames])];

  return async (
    msg: ForwardMessage,
  ): Promise<{ request: ForwardRequest; missing: readonly string[] }> => {
    const flat = flatVariables(RED, msg);
    const { values, missing } = await resolveNames(RED, node, msg, names, flat);
    return { request: buildRequest(plan, { id: keyOf(node, msg), values, data: data() }), missing };

    function data() {
      if (eventData === 'none') return [];
      if (eventData === 'all') return shareableVariables(RED, flat);
      return selected.map((name) => [name, flat[name] ?? ''] as const);
    }
  };
}

function keyOf(node: Node, { payload, _msgid }: ForwardMessage): string {
  const eventId = isEvent(payload) ? payload.id : undefined;
  return eventKey(eventId || _msgid, node.id);
}

/** Sets what the answer has a value for; answers the names that it has none for. */
function setVariables(
  msg: ForwardMessage,
  config: ForwardConfig,
  answer: Answer | undefined,
): readonly string[] {
  if (config.responseVariables.length === 0) return [];
  const { found, missing } = responseVariables(config.responseVariables, answer?.body);
  const { variables } = msg;
  const known = typeof variables === 'object' && variables !== null ? variables : {};
  msg.variables = { ...known, ...found };
  return missing;
}

interface Status {
  readonly done: (answer: Answer | undefined, duration: number, missing: readonly string[]) => void;
  readonly failed: (error: TriggerError) => void;
}

function createStatus(RED: NodeAPI, node: Node): Status {
  const show = pacedStatus(node);
  const report = missingReporter(RED, node, show);
  return {
    done(answer, duration, missing) {
      if (missing.length > 0) return report(missing);
      const values = { status: answer?.statusCode ?? 0, duration: Math.round(duration) };
      show(() => ({ fill: 'green', shape: 'dot', text: RED._('url-forward.status.done', values) }));
    },
    failed({ code, details, statusKey }) {
      const values = { code, status: Number(details['statusCode'] ?? 0) };
      show(
        () => ({
          fill: 'red',
          shape: 'ring',
          text: RED._(`url-forward.error.${statusKey}`, values),
        }),
        'alarm',
      );
    },
  };
}
