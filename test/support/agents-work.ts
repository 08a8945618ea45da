/** Agents at work on the interactions of an account at the fake Graph API. */
import assert from 'node:assert/strict';
import type { InteractionView } from '../../src/desktop/interaction-view.ts';
import type { ServerWord } from '../../src/desktop/protocol.ts';
import * as meta from '../fixtures/meta.ts';
import type { AgentPage } from './agent.ts';
import { credentials, desktopFlow, onTab, registers } from './desktop-flow.ts';
import { useFake } from './fake-api.ts';
import { graphToken, startFakeGraph } from './fake-graph.ts';
import { deploy, type FlowNode, node, type TestMessage } from './flow.ts';
import { postWebhook } from './webhook.ts';

export type Word<Type extends ServerWord['type']> = Extract<ServerWord, { type: Type }>;

/** The next word of a type that is as wanted; those before it are taken too. */
export async function until<Type extends ServerWord['type']>(
  page: AgentPage,
  type: Type,
  wanted: (word: Word<Type>) => boolean,
): Promise<Word<Type>> {
  for (;;) {
    const word = await page.next(type);
    if (wanted(word)) return word;
  }
}

/** The next list of so many offers. */
export async function offered(page: AgentPage, count = 1) {
  return (await until(page, 'offers', ({ offers }) => offers.length === count)).offers;
}

/** The next list, once nothing that the agent has said is under way any more. */
export async function settled(page: AgentPage): Promise<void> {
  page.say({ type: 'ping' });
  await page.next('pong');
}

/** Accepts the only offer and answers the interaction. */
export async function accept(page: AgentPage): Promise<InteractionView> {
  const [offer] = await offered(page);
  assert.ok(offer);
  page.say({ type: 'accept', offerId: offer.id });
  assert.equal((await page.next('answered')).won, true);
  return (await page.next('interaction')).interaction;
}

export function supervisor(...usernames: readonly string[]): object[] {
  return ['anna', 'bruno', 'carla', 'dora'].map((username) => ({
    username,
    name: username.toUpperCase(),
    role: usernames.includes(username) ? 'supervisor' : 'agent',
  }));
}

/** To be called in a describe block, after `useDesktopFlow` and `useRuntime`. */
export function useWork() {
  const graph = useFake(startFakeGraph);

  function flow(more: { desktop?: object; queue?: object; account?: object } = {}) {
    return (...others: readonly FlowNode[]): FlowNode[] =>
      desktopFlow(
        { ...more, account: { apiUrl: graph().url, ...more.account } },
        onTab({ id: 'in', type: 'whatsapp-in', wires: [['seen'], []] }),
        onTab({ id: 'seen', type: 'helper' }),
        ...others,
      );
  }

  function secrets() {
    const known = credentials();
    return { ...known, shop: { ...known['shop'], accessToken: graphToken } };
  }

  async function start(
    more: { desktop?: object; queue?: object; account?: object } = {},
    ...others: readonly FlowNode[]
  ): Promise<void> {
    await deploy(registers, flow(more)(...others), secrets());
  }

  async function post(root: string, body: Buffer): Promise<void> {
    assert.equal((await postWebhook(`${root}/whatsapp/shop-path`, body)).status, 200);
  }

  async function write(root: string, text = 'Dov’è il mio ordine?', person = meta.giulia) {
    await post(root, meta.textWebhook(text, person));
  }

  /** The next event of a name that the flow gets. */
  function eventNamed(name: string): Promise<TestMessage> {
    return new Promise((resolve) => {
      node('seen').on('input', (msg: TestMessage) => {
        if (msg['topic'] === name) resolve(msg);
      });
    });
  }

  return { graph, flow, secrets, start, post, write, eventNamed };
}
