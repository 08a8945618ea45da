/**
 * The README's tutorial, action by action: a newcomer's way from an empty editor to a popup. One click,
 * one drag, one field filled or one key pressed is one action.
 */
import type { Locator, Page } from 'playwright-core';
import {
  addConfig,
  addRow,
  configDone,
  done,
  openForm,
  placeNode,
  pressDeploy,
  wire,
} from './editor.ts';

export const agent = { username: 'ada', password: 'cinque gatti blu' };

/** Does one action; whoever walks counts it. */
export type Act = <Result>(deed: () => Promise<Result>) => Promise<Result>;

export interface Placed {
  readonly condition: string;
  readonly popup: string;
}

/** 4 actions: two nodes, their wire, and a third one dropped onto it. */
export async function placeNodes(page: Page, act: Act): Promise<Placed> {
  const source = await act(() => placeNode(page, 'whatsapp-in', { x: 110, y: 120 }));
  const popup = await act(() => placeNode(page, 'browser-popup', { x: 600, y: 120 }));
  await act(() => wire(page, source, 0, popup));
  const hit = page.locator('.red-ui-flow-link-splice').first();
  const condition = await act(() => placeNode(page, 'trigger-condition', { x: 290, y: 120 }, hit));
  return { condition, popup };
}

/** 4 actions, and one to close the form */
export async function fillCondition(page: Page, act: Act, id: string): Promise<void> {
  const form = await act(() => openForm(page, id));
  await act(() => addRow(form, 'trigger-condition-all'));
  const row = await act(() => addRow(form, 'trigger-condition-all'));
  await act(() => row.getByLabel('Value').fill('urgent'));
}

/** 5 actions, and one to close the form */
export async function fillPopup(page: Page, act: Act, id: string): Promise<void> {
  await act(() => openForm(page, id));
  const desktop = await act(() => addConfig(page, 'desktop'));
  await act(() => desktop.getByLabel('User name').fill(agent.username));
  const password = desktop.locator('#agent-desktop-agents').getByLabel('Password');
  await act(() => password.fill(agent.password));
  // Once the field is left, the server makes the hash that is kept; a person's next action comes later.
  const hashed = page.waitForResponse(/agent-desktop\/password$/);
  await act(() => configDone(page));
  await hashed;
}

export function closeForm(page: Page, act: Act): Promise<void> {
  return act(() => done(page));
}

/** 3 actions, in Node-RED 4.1 one more; answers the sidebar. */
export async function addSimulator(page: Page, act: Act): Promise<Locator> {
  const side = page.getByRole('region', { name: 'WhatsApp triggers' });
  const menu = page.locator('#red-ui-sidebar .red-ui-tab-link-button-menu');
  if (await menu.isVisible()) {
    await act(() => menu.click());
    await act(() => page.locator('#red-ui-tabs-menu-option-whatsapp-triggers').click());
  } else await act(() => page.locator('button[data-tab-id="whatsapp-triggers"]').click());
  await act(() => side.getByRole('button', { name: 'Add a simulator' }).first().click());
  await act(() => pressDeploy(page));
  return side;
}

/** 4 actions */
export async function logInAsAgent(page: Page, act: Act, base: string): Promise<void> {
  const address = `${base}/desktop/`;
  await served(address);
  await act(() => page.goto(address));
  await act(() => page.getByLabel('User name').fill(agent.username));
  await act(() => page.getByLabel('Password').fill(agent.password));
  await act(() => page.getByRole('button', { name: 'Log in' }).click());
  await page.getByRole('button', { name: 'Log out' }).waitFor();
}

/** 2 actions */
export async function write(side: Locator, act: Act, text: string): Promise<void> {
  const field = side.getByRole('textbox', { name: 'Message', exact: true });
  await act(() => field.fill(text));
  await act(() => field.press('Enter'));
}

/** Deploy is answered before every node has started. */
async function served(address: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { ok } = await fetch(address);
    if (ok) return;
  }
  throw new Error(`Nothing is served at ${address}.`);
}
