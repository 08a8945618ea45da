import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import * as v from 'valibot';
import type { PageOrder, Receipt } from '../../src/desktop/server/desktop.ts';
import { TriggerError } from '../../src/errors.ts';
import { isEvent } from '../../src/event/event.ts';
import type { PageContent } from '../../src/store/contract.ts';
import { createField, type Field } from './field.ts';
import { houseOf, type LiveDesktop } from './house.ts';
import { orStub, type Stub } from './simulator/dry-run.ts';
import { type InputHandler, onInput } from './input.ts';
import { onPageFact } from './page-facts.ts';
import { choice, flag, whole, words } from './schema.ts';

const oneText = v.pipe(
  v.string(),
  v.transform((text) => [text]),
);

/** The properties that browser-popup and cti-url have in common. */
export const pageProperties = {
  desktop: words(),
  target: choice(['event', 'agents', 'queue', 'account', 'all'], 'event'),
  agents: v.nullish(v.union([v.array(words()), oneText], 'must be a list'), []),
  repeat: choice(['once', 'replace', 'stack'], 'once'),
  ttl: whole(120, 1, 86_400),
  receipts: flag(false),
};

type PageConfig = {
  [Key in keyof typeof pageProperties]: v.InferOutput<(typeof pageProperties)[Key]>;
};
type PageMessage = NodeMessageInFlow & { receipt?: Receipt };

/**
 * Binds a node that shows a page to agents: makes the content of each message, orders it from the
 * desktop and passes the message on with the receipt. A page that nobody can see is no error: the flow
 * can tell by the receipt.
 */
export function onPageInput(
  RED: NodeAPI,
  node: Node,
  config: PageConfig,
  contentOf: (msg: NodeMessageInFlow) => Promise<PageContent>,
): void {
  desktopOf(RED, config.desktop);
  if (config.receipts) sendReceipts(RED, node);
  const names = config.agents.map((text) => createField(RED, node, text, 'text'));
  const failed = ({ statusKey }: TriggerError): void => {
    const text = RED._(`${node.type}.error.${statusKey}`);
    node.status({ fill: 'red', shape: 'ring', text });
  };
  const orderFor = async (msg: PageMessage): Promise<PageOrder> => {
    const { target, repeat, ttl } = config;
    const agents = target === 'agents' ? await usernames(names, msg) : [];
    const content = await contentOf(msg);
    return { triggerId: node.id, target, agents, repeat, ttl, content };
  };
  const show: InputHandler = async (msg: PageMessage, { signal }) => {
    const order = await orderFor(msg);
    const { payload } = msg;
    const desktop = desktopOf(RED, config.desktop);
    const receipt = await desktop.show(isEvent(payload) ? { ...order, event: payload } : order);
    const { meters } = houseOf(RED);
    meters.pages.add(1, node.id, node.name ?? '', order.content.kind, receipt.status);
    if (!signal.aborted) showReceipt(RED, node, receipt);
    msg.receipt = receipt;
    return msg;
  };
  const stub = async (msg: PageMessage): Promise<Stub> => {
    delete msg.receipt;
    const { triggerId: _, ...order } = await orderFor(msg);
    return { ...order };
  };
  onInput(RED, node, { code: 'E_CONFIG', failed }, orStub(RED, node, stub, show));
}

/** The second output: what became of the pages later, agent by agent. */
function sendReceipts(RED: NodeAPI, node: Node): void {
  const stop = onPageFact(RED, node.id, (fact) => {
    const { receiptId: id, pageId, eventId, interactionId, agent, title, outcome } = fact;
    const at = new Date(fact.at).toISOString();
    const payload = { id, pageId, eventId, interactionId, agent, title, outcome, at };
    node.send([null, { topic: `receipt.${outcome}`, payload }]);
  });
  node.on('close', stop);
}

function desktopOf(RED: NodeAPI, id: string): LiveDesktop {
  if (id === '') throw new TriggerError('E_CONFIG', 'No agent desktop is chosen.');
  const desktop = houseOf(RED).desktops.get(id);
  if (desktop) return desktop;
  throw new TriggerError('E_CONFIG', 'The agent-desktop node it uses is missing or not running.');
}

/** A variable may hold several names: "anna, bruno". */
async function usernames(fields: readonly Field[], msg: object): Promise<readonly string[]> {
  const texts = await Promise.all(fields.map((field) => field.render(msg)));
  const names = texts.flatMap((text) => text.split(',')).map((name) => name.trim());
  return [...new Set(names)].filter((name) => name !== '');
}

const looks = {
  shown: { fill: 'green', shape: 'dot' },
  queued: { fill: 'blue', shape: 'ring' },
  undelivered: { fill: 'yellow', shape: 'ring' },
} as const;

function showReceipt(RED: NodeAPI, node: Node, { status, agents }: Receipt): void {
  const [first = ''] = agents;
  const several = agents.length > 1 ? 'Several' : '';
  const key = `${node.type}.status.${status}${status === 'undelivered' ? '' : several}`;
  node.status({ ...looks[status], text: RED._(key, { agent: first, agents: agents.length }) });
}
