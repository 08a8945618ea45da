import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import agentDesktop from '../../nodes/agent-desktop/agent-desktop.ts';
import browserPopup from '../../nodes/browser-popup/browser-popup.ts';
import ctiUrl from '../../nodes/cti-url/cti-url.ts';
import popupTemplate from '../../nodes/popup-template/popup-template.ts';
import triggerStore from '../../nodes/trigger-store/trigger-store.ts';
import account from '../../nodes/whatsapp-account/whatsapp-account.ts';
import whatsappIn from '../../nodes/whatsapp-in/whatsapp-in.ts';
import whatsappQueue from '../../nodes/whatsapp-queue/whatsapp-queue.ts';
import { hashPassword } from '../../src/desktop/server/password.ts';
import * as meta from '../fixtures/meta.ts';
import { openPage, serveDesktops } from './agent.ts';
import { type FlowNode, node, redeploy, settings } from './flow.ts';

export const registers = [
  triggerStore,
  agentDesktop,
  whatsappQueue,
  account,
  whatsappIn,
  popupTemplate,
  browserPopup,
  ctiUrl,
];

/** Passwords by username; `dora` is an agent without one. */
export const passwords = { anna: 'tre civette', bruno: 'sul comò', carla: 'Ambarabà' } as const;
export type AgentName = keyof typeof passwords;

let folder: string;

/**
 * A new store for each test of the describe block. To be called before `useRuntime`: sessions and
 * blocked guessers outlive a redeploy, so the desktop has to be removed while the runtime is there.
 */
export function useDesktopFlow(): void {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'agent-desktop-'));
  });
  afterEach(async () => {
    await redeploy([]);
    settings({});
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });
}

/** PHC strings by username, cheap to check. */
export const hashes: Readonly<Record<string, string>> = await hashesOf(passwords);

/** The credentials of the flow below; a new object each time, since the runtime takes it as its own. */
export function credentials(): Record<string, Record<string, string>> {
  return {
    desktop: { passwords: JSON.stringify(hashes) },
    shop: { appSecret: meta.appSecret, verifyToken: meta.verifyToken },
  };
}

async function hashesOf(texts: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const hashed = Object.entries(texts).map(async ([name, text]) => {
    return [name, await hashPassword(text, { ln: 4 })] as const;
  });
  return Object.fromEntries(await Promise.all(hashed));
}

/** A store, the desktop "agents" with four agents, its queue of anna and bruno, an account with it. */
export function desktopFlow(
  more: { desktop?: object; queue?: object; account?: object } = {},
  ...others: readonly FlowNode[]
): FlowNode[] {
  return [
    { id: 'tab', type: 'tab', label: 'Test' },
    { id: 'store', type: 'trigger-store', file: join(folder, 'store.sqlite') },
    {
      id: 'desktop',
      type: 'agent-desktop',
      name: 'Agents',
      path: 'agents',
      agents: ['anna', 'bruno', 'carla', 'dora'].map((username) => ({
        username,
        name: username.toUpperCase(),
        role: 'agent',
      })),
      store: 'store',
      ...more.desktop,
    },
    {
      id: 'sales',
      type: 'whatsapp-queue',
      name: 'Sales',
      desktop: 'desktop',
      timeout: '30',
      agents: ['anna', 'bruno'],
      ...more.queue,
    },
    {
      id: 'shop',
      type: 'whatsapp-account',
      name: 'Shop',
      key: 'SHOP',
      provider: 'meta',
      accountId: meta.phoneNumberId,
      number: '+39 02 12345678',
      path: 'shop-path',
      queue: 'sales',
      store: 'store',
      ...more.account,
    },
    ...others,
  ];
}

/** A node of the flow, where those above are configuration. */
export function onTab(node: FlowNode): FlowNode {
  return { z: 'tab', x: 100, y: 100, wires: [], ...node };
}

/** What comes out of the node "action": its messages, its failures and its completions. */
export const afterAction: readonly FlowNode[] = [
  { id: 'next', type: 'helper' },
  { id: 'on-failure', type: 'catch', scope: null, wires: [['caught']] },
  { id: 'caught', type: 'helper' },
  { id: 'on-completion', type: 'complete', scope: ['action'], wires: [['completed']] },
  { id: 'completed', type: 'helper' },
].map(onTab);

/** What a node itself has reported: the helper's spies are those of all nodes. */
export function reportsOf(id: string, method: 'error' | 'warn'): any[] {
  const { args, thisValues } = node(id)[method] as unknown as Record<'args' | 'thisValues', any[]>;
  return args.filter((_, index) => thisValues[index].id === id).map(([first]) => first);
}

type Page = Awaited<ReturnType<typeof openPage>>;
type PagesOf<Names extends readonly unknown[]> = { readonly [Index in keyof Names]: Page };

/** Opens the pages of the named agents on one origin. */
export async function agentsOf<const Names extends readonly AgentName[]>(
  ...names: Names
): Promise<{ root: string; desktop: string; pages: PagesOf<Names> }> {
  const root = await serveDesktops();
  const desktop = `${root}/agents`;
  const pages = await Promise.all(names.map((name) => openPage(desktop, name, passwords[name])));
  return { root, desktop, pages: pages as never };
}
