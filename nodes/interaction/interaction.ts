import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import { asTriggerError, TriggerError } from '../../src/errors.ts';
import type { Agent } from '../../src/event/event.ts';
import { createField, type Field } from '../shared/field.ts';
import { houseOf } from '../shared/house.ts';
import { onInput } from '../shared/input.ts';
import { pacedStatus } from '../shared/paced-status.ts';
import { refuse } from '../shared/refuse.ts';
import { type InteractionConfig, readInteraction } from './interaction-config.ts';
import { firstOf, type Target, targetOf } from './target.ts';

type Message = NodeMessageInFlow & { variables?: unknown };

/** What was done, for the status: a key below `interaction.status`; undefined = it was not open. */
type Outcome = { readonly key: string; readonly values?: Record<string, string | number> };

type Act = (msg: Message, target: Target) => Promise<Outcome | undefined>;

/** What an interaction is closed with when the form gives no reason. */
const plainReason = 'flow';

export default function register(RED: NodeAPI): void {
  RED.nodes.registerType('interaction', function (this: Node, saved: NodeDef) {
    RED.nodes.createNode(this, saved);
    try {
      start(RED, this, readInteraction(saved));
    } catch (error) {
      refuse(this, asTriggerError(error, 'E_CONFIG'));
    }
  });
}

function start(RED: NodeAPI, node: Node, config: InteractionConfig): void {
  const act = acts[config.action](RED, node, config);
  const show = pacedStatus(node);
  const failed = ({ statusKey }: TriggerError): void => {
    const text = RED._(`interaction.error.${statusKey}`);
    show(() => ({ fill: 'red', shape: 'ring', text }), 'alarm');
  };
  onInput(node, { code: 'E_STORE', failed }, async (msg: Message, { signal }) => {
    const outcome = await act(msg, targetOf(RED, msg));
    const { key, values = {} } = outcome ?? { key: 'notOpen' };
    const text = (): string => RED._(`interaction.status.${key}`, values);
    if (!signal.aborted) {
      show(() => ({ fill: outcome ? 'green' : 'yellow', shape: 'dot', text: text() }));
    }
    return msg;
  });
}

const acts: Readonly<
  Record<InteractionConfig['action'], (RED: NodeAPI, node: Node, config: InteractionConfig) => Act>
> = { close, assign, variables };

function close(RED: NodeAPI, node: Node, config: InteractionConfig): Act {
  const field = createField(RED, node, config.reason, 'text');
  return async (msg, { interactionId, inboxes }) => {
    const reason = (await field.render(msg)).trim() || plainReason;
    const closing = { interactionId, reason };
    return firstOf(inboxes, async (inbox) => {
      const { found } = await inbox.change((handOut) =>
        inbox.store.closeInteraction(closing, Date.now(), handOut),
      );
      return found ? { key: 'closed' } : undefined;
    });
  };
}

function assign(RED: NodeAPI, node: Node, config: InteractionConfig): Act {
  const field = createField(RED, node, config.agent, 'text');
  return async (msg, target) => {
    const agent = agentOf(RED, target, (await field.render(msg)).trim());
    const { interactionId, inboxes } = target;
    return firstOf(inboxes, async (inbox) => {
      const { found } = await inbox.change((handOut) =>
        inbox.store.assignInteraction({ interactionId, agent }, Date.now(), handOut),
      );
      return found ? { key: 'assigned', values: { agent: agent.username } } : undefined;
    });
  };
}

/** An agent of the desktop that the account's queue is on; without a queue, of any desktop. */
function agentOf(RED: NodeAPI, { account }: Target, username: string): Agent {
  const { desktops, queues } = houseOf(RED);
  const queue = queues.get(account?.policy.queue?.id ?? '');
  const all = queue ? [desktops.get(queue.desktopId)] : [...desktops.values()];
  const found = all
    .flatMap((desktop) => desktop?.agents ?? [])
    .find((agent) => agent.username === username);
  if (found) return { username, name: found.name };
  const reason = username === '' ? 'The agent is empty.' : `There is no agent "${username}".`;
  throw new TriggerError('E_NO_AGENT', reason);
}

function variables(RED: NodeAPI, node: Node, config: InteractionConfig): Act {
  const fields = config.variables.map(({ name, value }): readonly [string, Field] => [
    name,
    createField(RED, node, value, 'text'),
  ]);
  return async (msg, { interactionId, inboxes }) => {
    const rendered = fields.map(async ([name, field]) => [name, await field.render(msg)] as const);
    const values = Object.fromEntries(await Promise.all(rendered));
    const kept = await firstOf(inboxes, (inbox) => inbox.store.setVariables(interactionId, values));
    if (!kept) return undefined;
    const { variables: known } = msg;
    msg.variables = { ...(typeof known === 'object' ? known : {}), ...values };
    return { key: 'set', values: { count: fields.length } };
  };
}
