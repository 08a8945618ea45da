import assert from 'node:assert/strict';
import { houseOf } from '../../nodes/shared/house.ts';
import type { PageOrder, Receipt } from '../../src/desktop/server/desktop.ts';
import type { PageContent } from '../../src/store/contract.ts';
import { logIn } from './agents-page.ts';
import { serveDesktops, useAgents } from './agent.ts';
import {
  type AgentName,
  credentials,
  desktopFlow,
  passwords,
  registers,
  useDesktopFlow,
} from './desktop-flow.ts';
import { deploy, type FlowNode, runtimeApi, useRuntime } from './flow.ts';
import { openPage, type WatchedPage } from './watched-page.ts';

export interface PopupDesk {
  readonly url: string;
  readonly page: WatchedPage['page'];
  readonly complaints: readonly string[];
  /** Addresses beyond our own site that anything in the browser asked for. */
  readonly requests: readonly string[];
}

/** A real desktop with anna in a real browser, to be aimed at by the test. */
export function usePopupDesk(): void {
  useDesktopFlow();
  useRuntime();
  useAgents();
  closeWindows();
}

/** After each test of the describe block. */
export function closeWindows(): void {
  afterEach(async () => {
    for (const page of open.splice(0)) await page.close();
  });
}

const open: WatchedPage[] = [];

export async function openPopupDesk(
  desktop: object = {},
  ...others: readonly FlowNode[]
): Promise<PopupDesk> {
  await deploy(registers, desktopFlow({ desktop }, ...others), credentials());
  const url = `${await serveDesktops()}/agents/`;
  return agentWindow(url);
}

/** One more browser, anna's if nobody else's: a device of its own. */
export async function agentWindow(url: string, name: AgentName = 'anna'): Promise<PopupDesk> {
  const watched = await openPage({ viewport: { width: 1280, height: 800 } });
  open.push(watched);
  const requests: string[] = [];
  const own = new URL(url).origin;
  watched.page.context().on('request', (request) => {
    if (!request.url().startsWith(own) && !/^(?:data|blob|about):/.test(request.url())) {
      requests.push(request.url());
    }
  });
  await watched.page.addInitScript(() => localStorage.setItem('agent-desktop-ready', 'yes'));
  await logIn(watched.page, url, name, passwords[name]);
  return { url, page: watched.page, complaints: watched.complaints, requests };
}

/** Shows something to anna, as an action node does. */
export function show(content: PageContent, more: Partial<PageOrder> = {}): Promise<Receipt> {
  const desktop = houseOf(runtimeApi()).desktops.get('desktop');
  assert.ok(desktop);
  return desktop.show({
    triggerId: 'trigger',
    target: 'agents',
    agents: ['anna'],
    repeat: 'stack',
    ttl: 120,
    content,
    ...more,
  });
}
