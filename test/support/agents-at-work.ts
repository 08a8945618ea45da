/** Agents at their pages, each in a browser context of their own: what they do, and what they see. */
import type { BrowserContextOptions, Frame, Locator, Page } from 'playwright-core';
import { openPage, type WatchedPage } from './watched-page.ts';

export interface AgentAtWork extends WatchedPage {
  readonly url: string;
}

/** Comes in with a token of the site around the desktop, as from the CRM's menu. */
export async function comeIn(
  url: string,
  token: string,
  options: BrowserContextOptions = {},
): Promise<AgentAtWork> {
  const watched = await openPage({ storageState: readyAt(new URL(url).origin), ...options });
  await watched.page.goto(`${url}#token=${token}`);
  await watched.page.getByRole('button', { name: /^(Log out|Esci)$/ }).waitFor();
  await watched.page.evaluate(countDialogs);
  return { ...watched, url };
}

/** Whoever has worked here before is not asked whether the browser is ready. */
function readyAt(origin: string): NonNullable<BrowserContextOptions['storageState']> {
  const localStorage = [{ name: 'agent-desktop-ready', value: 'yes' }];
  return { cookies: [], origins: [{ origin, localStorage }] };
}

/** Counts the popups that come into the document, by their titles. */
const countDialogs = `
  globalThis.shown = {};
  globalThis.seen = new WeakSet();
  new MutationObserver(() => {
    for (const dialog of document.querySelectorAll('[role=dialog]')) {
      if (seen.has(dialog)) continue;
      seen.add(dialog);
      const title = dialog.getAttribute('aria-label');
      shown[title] = (shown[title] ?? 0) + 1;
    }
  }).observe(document, { childList: true, subtree: true });
`;

/** How often popups have appeared on a page, by title. */
export function popupsShown(page: Page): Promise<Record<string, number>> {
  return page.evaluate('shown');
}

export const interaction = (page: Page, contact: string): Locator =>
  page
    .getByRole('region', { name: /^(My conversations|Le mie conversazioni)/ })
    .getByRole('button', { name: contact });

/** The open conversation. */
export const messages = (page: Page): Locator => page.getByRole('log');

export async function openInteraction(page: Page, contact: string): Promise<void> {
  await interaction(page, contact).click();
  await messages(page).waitFor();
}

export async function reply(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Reply' }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

export async function transfer(page: Page, to: string): Promise<void> {
  await page.getByRole('button', { name: 'Transfer', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Transfer to' });
  await panel.getByRole('combobox').selectOption({ label: to });
  await panel.getByRole('button', { name: 'Transfer now' }).click();
}

export async function closeInteraction(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Close interaction' }).click();
  await page.getByRole('radio', { name: reason }).check();
  await page.getByRole('button', { name: 'Close it' }).click();
}

export async function setStatus(page: Page | Frame, status: 'Ready' | 'Pause'): Promise<void> {
  await page.getByRole('button', { name: status, exact: true }).click();
  await page.getByRole('button', { name: status, exact: true, pressed: true }).waitFor();
}

/** What the page has said to the agent. */
export const told = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('status').filter({ hasText: text }).last();
