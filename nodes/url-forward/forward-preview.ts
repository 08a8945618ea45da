import { randomUUID } from 'node:crypto';
import type { NodeAPI } from 'node-red';
import { TriggerError } from '../../src/errors.ts';
import { isEvent } from '../../src/event/event.ts';
import { asText } from '../../src/template/own-path.ts';
import { attempt } from '../../src/forward/attempt.ts';
import { type Auth, createAuth, tryHeaders } from '../../src/forward/auth.ts';
import { createClient } from '../../src/forward/client.ts';
import { type Outcome, portOf } from '../../src/forward/exchange.ts';
import { createTargetPolicy } from '../../src/forward/target.ts';
import { formCredentials } from './form-credentials.ts';
import { type Asked, attachPreview, faultOf, tryPart } from '../shared/preview/route.ts';
import type { Fault, ForwardPreview, ForwardTest } from '../shared/preview/protocol.ts';
import { mask, maskedScene, plainScene } from '../shared/preview/scene.ts';
import { type ForwardConfig, readForward } from './forward-config.ts';
import { createBuilder } from './forward-message.ts';

const patience = 30_000;
const shownBody = 4 * 1024;

/** The request that a url-forward node would make of a message; and one that is sent, once. */
export function attachForwardPreview(RED: NodeAPI): void {
  attachPreview(RED, 'url-forward', (asked) => preview(RED, asked));
  attachPreview(RED, 'url-forward/test', (asked) => test(RED, asked));
}

async function preview(RED: NodeAPI, asked: Asked): Promise<ForwardPreview> {
  const { RED: masked, node, msg } = maskedScene(RED, asked);
  const config = readForward(asked.config);
  const faults: Fault[] = [];
  const auth = tryPart(faults, () => authOf(RED, asked, config)) ?? { kind: 'none' as const };
  tryPart(faults, () => policyOf(config));
  const { request, missing } = await createBuilder(masked, node, config)(msg);
  const { id, method, url, headers, body } = request;
  const secret = maskedHeaders(auth, tryHeaders(auth, id, body, Date.now()));
  return { request: { method, url, headers: { ...headers, ...secret }, body }, missing, faults };
}

/** Under an id of its own: a target that has seen the event already must not take it for a repetition. */
async function test(RED: NodeAPI, asked: Asked): Promise<ForwardTest> {
  const { node, msg } = plainScene(RED, asked);
  const config = readForward(asked.config);
  const auth = authOf(RED, asked, config);
  const { payload } = msg;
  const id = `test-${randomUUID()}`;
  const own = isEvent(payload) ? { ...msg, payload: { ...payload, id } } : { ...msg, _msgid: id };
  const { request } = await createBuilder(RED, node, config)(own);
  const client = createClient(policyOf(config));
  const began = performance.now();
  try {
    const timeout = Math.min(config.plan.timeout, patience);
    const context = { client, auth, now: Date.now(), signal: asked.signal };
    const outcome = await attempt({ ...request, timeout }, context);
    return { ...told(outcome, auth), duration: Math.round(performance.now() - began) };
  } finally {
    client.close();
  }
}

/** Saved secrets go to no other place than the one that they were saved for, whoever asks. */
function authOf(RED: NodeAPI, { id, credentials }: Asked, config: ForwardConfig): Auth {
  const { values, isSaved } = formCredentials(RED, id, credentials);
  const { origin } = (RED.nodes.getNode(id) ?? {}) as { readonly origin?: string };
  if (isSaved && config.auth !== 'none' && origin !== config.plan.url.origin) {
    const text = 'The host of the URL was changed: enter the secrets again, or deploy first.';
    throw new TriggerError('E_CONFIG', text);
  }
  return createAuth(config.auth, config.authHeader, values);
}

function policyOf(config: ForwardConfig) {
  const policy = createTargetPolicy(config.allow);
  const origin = new URL(config.plan.url.origin);
  policy.check(origin.hostname, portOf(origin));
  return policy;
}

/** How a secret is sent is told, the secret is not. */
function maskedHeaders(auth: Auth, headers: Readonly<Record<string, string>>) {
  const hide = (name: string, value: string): string => {
    if (auth.kind === 'header' && name === auth.name) {
      return value.replace(/^(?:(Basic|Bearer) )?.*$/s, (_, kind) =>
        kind ? `${kind} ${mask}` : mask,
      );
    }
    return name === 'webhook-signature' ? `v1,${mask}` : value;
  };
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, hide(name, value)]),
  );
}

/** Some targets answer with what they were sent. */
function told({ answer, error }: Outcome, auth: Auth) {
  const body = (asText(answer?.body) ?? '').slice(0, shownBody);
  const secret = auth.kind === 'header' ? auth.value.replace(/^(?:Basic|Bearer) /, '') : '';
  return {
    ...(answer && { statusCode: answer.statusCode }),
    contentType: answer?.headers['content-type'] ?? '',
    body: secret === '' ? body : body.replaceAll(secret, mask),
    faults: error ? [faultOf(error)] : [],
  };
}
