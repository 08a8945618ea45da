import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import { TriggerError } from '../../src/errors.ts';
import { isEvent } from '../../src/event/event.ts';
import { type Answer, responseVariables } from '../../src/forward/answer.ts';
import { isLeftOut } from '../../src/forward/kept-message.ts';
import { buildRequest, type ForwardRequest } from '../../src/forward/request.ts';
import { eventKey } from '../../src/script/event-key.ts';
import type { Values } from '../../src/template/template.ts';
import { flatVariables, resolveNames, shareableVariables } from '../shared/variables/variables.ts';
import type { ForwardConfig } from './forward-config.ts';

export interface ForwardMessage extends NodeMessageInFlow {
  response?: Answer & { readonly attempts: number };
  variables?: unknown;
}

export interface Built {
  readonly request: ForwardRequest;
  readonly missing: readonly string[];
  /** What the templates were given. */
  readonly values: Values;
}

/** `kept`: the values that were kept with a message, which is then to be sent anew. */
export type Build = (msg: ForwardMessage, kept?: Values) => Promise<Built>;

/** Makes the request for a message: all of the templates are asked for their names at once. */
export function createBuilder(
  RED: NodeAPI,
  node: Node,
  { plan, eventData, selected }: ForwardConfig,
): Build {
  const headerNames = plan.headers.flatMap(({ value }) => value.names);
  const names = [...new Set([...plan.url.names, ...headerNames])];

  return async (msg, kept) => {
    const flat = flatVariables(RED, msg);
    const { values, missing } = await resolveNames(RED, node, msg, names, flat);
    if (kept) for (const name of missing) values[name] = keptValue(name, kept);
    const request = buildRequest(plan, { id: keyOf(node, msg), values, data: data() });
    return { request, missing, values };

    function data() {
      if (eventData === 'none') return [];
      if (eventData === 'all') return shareableVariables(RED, flat);
      return selected.map((name) => [name, flat.get(name) ?? ''] as const);
    }
  };
}

/** An empty text in the place of what was lost could make the request one for something else. */
function keptValue(name: string, kept: Values): string {
  if (Object.hasOwn(kept, name)) return kept[name] ?? '';
  if (!isLeftOut(name)) return '';
  throw new TriggerError('E_TEMPLATE', `The message that was kept has no value for {{${name}}}.`);
}

function keyOf(node: Node, { payload, _msgid }: ForwardMessage): string {
  const eventId = isEvent(payload) ? payload.id : undefined;
  return eventKey(eventId || _msgid, node.id);
}

/** Whose forwards keep their order. */
export function laneOf({ payload }: ForwardMessage): string {
  return isEvent(payload) ? `${payload.account.id} ${payload.contact.id}` : '';
}

/** Sets what the answer has a value for; answers the names that it has none for. */
export function setVariables(
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
