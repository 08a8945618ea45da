/** The editor: the demo's flow, the form of each of its nodes, and the log in the sidebar. */
import type { Locator, Page } from 'playwright-core';
import { openForm } from '../test/support/editor.ts';
import { type Scheme, take } from './screenshots-camera.ts';
import { write } from './screenshots-desktop.ts';

/** Pixels between the end of a form and its footer. */
const margin = 16;

const forms = {
  'forms-in': 'whatsapp-in',
  'forms-condition': 'trigger-condition',
  'forms-popup': 'browser-popup',
  'forms-cti': 'cti-url',
  'forms-forward': 'url-forward',
  'forms-script': 'script',
} as const;

export async function takeEditor(page: Page, base: string, scheme: Scheme): Promise<void> {
  await write(base, "Chiara D'Angelo", 'One more thing: is order 9/9 insured?');
  await enter(page, base, scheme);
  const last = page.locator('.red-ui-palette-node[data-palette-type="script"]');
  await last.scrollIntoViewIfNeeded();
  await page.locator('.red-ui-flow-node').first().waitFor();
  await page.locator('#red-ui-workspace-chart').click({ position: { x: 20, y: 560 } });
  await page.keyboard.press('Control+Space');
  await take(page, 'editor-flow', scheme);
  await page
    .locator('.red-ui-workspace-tabs, #red-ui-workspace-tabs')
    .getByText('Six nodes')
    .click();
  for (const [id, type] of Object.entries(forms)) await takeForm(page, id, type, scheme);
  await takeLog(page, scheme);
  await page.context().close();
}

/** Without the catalogue of nodes that others have made. */
export async function enter(page: Page, base: string, scheme: Scheme): Promise<void> {
  await page.route(/^https:/, (route) => route.fulfill({ json: { modules: [] } }));
  await page.addInitScript(`localStorage.setItem('view-dark-theme', '${scheme}')`);
  await page.goto(base);
}

async function takeForm(page: Page, id: string, type: string, scheme: Scheme): Promise<void> {
  await page.setViewportSize({ width: 1240, height: 620 });
  const form = await openForm(page, id);
  if (type === 'trigger-condition') await tryEvent(form);
  await takeTray(page, `editor-${type}`, scheme);
  await page.locator('#node-dialog-cancel').click();
  await page.locator('.red-ui-tray').waitFor({ state: 'detached' });
}

/** Tests the rule against what a customer has written. */
async function tryEvent(form: Locator): Promise<void> {
  await form.locator('summary').click();
  const events = form.getByLabel('Event', { exact: true });
  const wanted = events.locator('option', { hasText: 'order 9/9' }).first();
  await events.selectOption(await wanted.getAttribute('value'));
}

/** The open form, all of it. */
export async function takeTray(page: Page, name: string, scheme: Scheme): Promise<void> {
  const tray = page.locator('.red-ui-tray').last();
  await widen(page, tray);
  await grow(page, tray);
  await page.evaluate('document.activeElement?.blur()');
  await take(tray.locator('.red-ui-tray-wrapper'), name, scheme);
}

/** Drags the edge of the form, as one does who wants to see a row in one line. */
async function widen(page: Page, tray: Locator): Promise<void> {
  const handle = tray.locator('.red-ui-tray-resize-handle');
  await handle.hover();
  const { x = 0, y = 0, height = 0 } = (await handle.boundingBox()) ?? {};
  await page.mouse.down();
  await page.mouse.move(x - 140, y + height / 2, { steps: 5 });
  await page.mouse.up();
}

/** Makes the window as high as the form needs, so that a picture shows all of it. */
async function grow(page: Page, tray: Locator): Promise<void> {
  const missing = await tray
    .locator('.red-ui-tray-content')
    .evaluateAll((parts) =>
      Math.max(0, ...parts.map(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)),
    );
  const size = page.viewportSize();
  if (size) await page.setViewportSize({ ...size, height: size.height + missing + margin });
}

/** The way of an event that acted, station by station, and of one whose condition was not met. */
async function takeLog(page: Page, scheme: Scheme): Promise<void> {
  await page.setViewportSize({ width: 1500, height: 800 });
  await page.locator('button[data-tab-id="whatsapp-triggers"]').click();
  // A section of its own height: below it is another one.
  await page.locator('button[data-tab-id="debug"]').click();
  const side = page.getByRole('region', { name: 'WhatsApp triggers' });
  await widenSidebar(page);
  const events = side.getByRole('list', { name: 'Events, the newest first' });
  await events.getByRole('button').first().waitFor();
  await take(side, 'editor-log', scheme);
  await events.getByRole('button').filter({ hasText: 'Svizzera' }).click();
  await side.getByRole('list', { name: 'Its way' }).getByRole('listitem').first().waitFor();
  await take(side, 'editor-log-event', scheme);
}

async function widenSidebar(page: Page): Promise<void> {
  const edge = page.locator('#red-ui-sidebar-separator');
  const { x = 0, y = 0, height = 0 } = (await edge.boundingBox()) ?? {};
  await page.mouse.move(x + 3, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x - 120, y + height / 2, { steps: 5 });
  await page.mouse.up();
}
