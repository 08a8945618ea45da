import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import { asTriggerError, TriggerError } from '../../src/errors.ts';
import type { Agent } from '../../src/event/event.ts';
import { createField, type Field } from '../shared/field.ts';
import { houseOf } from '../shared/house.ts';
import { orStub, type Stub } from '../shared/simulator/dry-run.ts';
import { type InputHandler, onInput } from '../shared/input.ts';
import { pacedStatus } from '../shared/paced-status.ts';
import { refuse } from '../shared/refuse.ts';
import { type InteractionConfig, readInteraction } from './interaction-config.ts';
import { firstOf, type Target, targetOf } from './target.ts';

type Message = NodeMessageInFlow & { variables?: unknown };

/** What was done, for the status: a key below `interaction.status`; undefined = it was not open. */
type Outcome = { readonly key: string; readonly values?: Record<string, string | number> };

type Act = (msg: Message, target: Target) => Promise<Outcome | undefined>;

interface Action {
  readonly act: Act;
  /** What it would do for a message. */
  readonly stub: (msg: Message, target: Target) => Promise<Stub>;
}

/** What an interaction is closed with when the form gives no reason. */
const plainReason = 'flow';

export default function register(RED: NodeAPI): void {
  RED.nodes.registerType('interaction', function (this: Node, saved: NodeDef) {
    RED.nodes.createNode(this, saved);
    try {
      start(RED, this, readInteraction(saved));
    } catch (error) {
      refuse(RED, this, asTriggerError(error, 'E_CONFIG'));
    }
  });
}

function start(RED: NodeAPI, node: Node, config: InteractionConfig): void {
  const { act, stub } = actions[config.action](RED, node, config);
  const show = pacedStatus(node);
  const failed = ({ statusKey }: TriggerError): void => {
    const text = RED._(`interaction.error.${statusKey}`);
    show(() => ({ fill: 'red', shape: 'ring', text }), 'alarm');
  };
  const go: InputHandler = async (msg: Message, { signal }) => {
    const outcome = await act(msg, targetOf(RED, msg));
    const { key, values = {} } = outcome ?? { key: 'notOpen' };
    const text = (): string => RED._(`interaction.status.${key}`, values);
    if (!signal.aborted) {
      show(() => ({ fill: outcome ? 'green' : 'yellow', shape: 'dot', text: text() }));
    }
    return msg;
  };
  const wouldDo = async (msg: Message): Promise<Stub> => {
    const target = targetOf(RED, msg);
    const { interactionId: interaction } = target;
    return { action: config.action, interaction, ...(await stub(msg, target)) };
  };
  onInput(RED, node, { code: 'E_STORE', failed }, orStub(RED, node, wouldDo, go));
}

const actions: Readonly<
  Record<
    InteractionConfig['action'],
    (RED: NodeAPI, node: Node, config: InteractionConfig) => Action
  >
> = { close, assign, variables };

function close(RED: NodeAPI, node: Node, config: InteractionConfig): Action {
  const field = createField(RED, node, config.reason, 'text');
  const reasonFor = async (msg: Message) => (await field.render(msg)).trim() || plainReason;
  const act: Act = async (msg, { interactionId, inboxes }) => {
    const closing = { interactionId, reason: await reasonFor(msg) };
    return firstOf(inboxes, async (inbox) => {
      const { found } = await inbox.change((handOut) =>
        inbox.store.closeInteraction(closing, Date.now(), handOut),
      );
      return found ? { key: 'closed' } : undefined;
    });
  };
  return { act, stub: async (msg) => ({ reason: await reasonFor(msg) }) };
}

function assign(RED: NodeAPI, node: Node, config: InteractionConfig): Action {
  const field = createField(RED, node, config.agent, 'text');
  const agentFor = async (msg: Message, target: Target) =>
    agentOf(RED, target, (await field.render(msg)).trim());
  const act: Act = async (msg, target) => {
    const agent = await agentFor(msg, target);
    const { interactionId, inboxes } = target;
    return firstOf(inboxes, async (inbox) => {
      const { found } = await inbox.change((handOut) =>
        inbox.store.assignInteraction({ interactionId, agent }, Date.now(), handOut),
      );
      return found ? { key: 'assigned', values: { agent: agent.username } } : undefined;
    });
  };
  return { act, stub: async (msg, target) => ({ agent: await agentFor(msg, target) }) };
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

function variables(RED: NodeAPI, node: Node, config: InteractionConfig): Action {
  const fields = config.variables.map(({ name, value }): readonly [string, Field] => [
    name,
    createField(RED, node, value, 'text'),
  ]);
  const valuesFor = async (msg: Message): Promise<Record<string, string>> => {
    const rendered = fields.map(async ([name, field]) => [name, await field.render(msg)] as const);
    return Object.fromEntries(await Promise.all(rendered));
  };
  const act: Act = async (msg, { interactionId, inboxes }) => {
    const values = await valuesFor(msg);
    const kept = await firstOf(inboxes, (inbox) => inbox.store.setVariables(interactionId, values));
    if (!kept) return undefined;
    addVariables(msg, values);
    return { key: 'set', values: { count: fields.length } };
  };
  // The message is nothing outside: what comes after it finds there what it would find in earnest.
  const stub: Action['stub'] = async (msg) => {
    const values = await valuesFor(msg);
    addVariables(msg, values);
    return { variables: values };
  };
  return { act, stub };
}

function addVariables(msg: Message, values: Readonly<Record<string, string>>): void {
  const { variables: known } = msg;
  msg.variables = { ...(typeof known === 'object' ? known : {}), ...values };
}
