/**
 * `npm run screenshots`: starts the demo and makes `docs/images/`, each picture in light and dark.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { closeSharedBrowser, sharedBrowser } from '../test/support/browser.ts';
import { openForm } from '../test/support/editor.ts';
import { freePort } from '../test/support/node-red-process.ts';
import { images, lens, root, type Scheme, take } from './screenshots-camera.ts';
import { addStaff, takeDesktop } from './screenshots-desktop.ts';
import { prepareDemo, type Demo } from './start-demo.ts';
import { runNodeRed } from './start-node-red.ts';

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

const folder = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-screenshots-'));
await mkdir(images, { recursive: true });
try {
  for (const scheme of ['light', 'dark'] as const) {
    const demo = await prepareDemo({ root, folder, port: await freePort(), fresh: true });
    await addForms(demo);
    await addStaff(demo);
    await whileRunning(demo, () => takePictures(demo, scheme));
  }
} finally {
  await closeSharedBrowser();
  await rm(folder, { recursive: true, force: true });
}

/** A second tab with the six nodes filled in, for the pictures of their forms. */
async function addForms({ folder }: Demo): Promise<void> {
  const file = join(folder, 'flows.json');
  const added = await readFile(join(import.meta.dirname, 'screenshots-flow.json'), 'utf8');
  const flows = [...JSON.parse(await readFile(file, 'utf8')), ...JSON.parse(added)];
  await writeFile(file, JSON.stringify(flows));
}

async function whileRunning(demo: Demo, act: () => Promise<void>): Promise<void> {
  let start = (): void => undefined;
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const ended = runNodeRed({ ...demo, started: start });
  await Promise.race([started, ended]);
  try {
    await act();
  } finally {
    process.kill(process.pid, 'SIGTERM');
    await ended;
  }
}

async function takePictures(demo: Demo, scheme: Scheme): Promise<void> {
  const base = `http://127.0.0.1:${demo.port}`;
  const browser = await sharedBrowser();
  await takeEditor(await open(browser, scheme, 1200, 700), base, scheme);
  await takeDesktop(base, scheme);
  await takePhone(await open(browser, scheme, 1120, 740), base, scheme);
  // The signal that ends the demo would end the browser, too.
  await closeSharedBrowser();
}

async function takeEditor(page: Page, base: string, scheme: Scheme): Promise<void> {
  await page.route(/^https:/, (route) => route.fulfill({ json: { modules: [] } }));
  await page.addInitScript(`localStorage.setItem('view-dark-theme', '${scheme}')`);
  await page.goto(base);
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
  await page.context().close();
}

async function takeForm(page: Page, id: string, type: string, scheme: Scheme): Promise<void> {
  await page.setViewportSize({ width: 1240, height: 620 });
  await openForm(page, id);
  const tray = page.locator('.red-ui-tray').last();
  await widen(page, tray);
  await grow(page, tray);
  await page.evaluate('document.activeElement?.blur()');
  await take(tray.locator('.red-ui-tray-wrapper'), `editor-${type}`, scheme);
  await page.locator('#node-dialog-cancel').click();
  await tray.waitFor({ state: 'detached' });
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

async function takePhone(phone: Page, base: string, scheme: Scheme): Promise<void> {
  await phone.goto(`${base}/whatsapp-triggers/simulator/`);
  await say(phone, "Chiara D'Angelo", 'Good morning! Has my order 9/9 left already?');
  await phone.getByLabel('Reply from the business phone').fill('Yes: it is with the courier.');
  await phone.getByRole('button', { name: 'Reply', exact: true }).click();
  await phone.getByRole('article', { name: 'Business' }).waitFor();
  await phone.getByRole('button', { name: 'read', exact: true }).click();
  await say(phone, "Chiara D'Angelo", 'Wonderful, thank you!');
  await phone.getByRole('button', { name: 'Send again' }).last().click();
  await phone.getByText('told once').waitFor();
  await take(phone, 'simulator', scheme);
  await phone.context().close();
}

async function say(phone: Page, customer: string, text: string): Promise<void> {
  await phone.getByRole('button', { name: customer }).click();
  await phone.getByRole('textbox', { name: 'Message' }).fill(text);
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await phone.getByRole('log', { name: 'Conversation' }).getByText(text).waitFor();
}

async function open(
  browser: Browser,
  scheme: Scheme,
  width: number,
  height: number,
): Promise<Page> {
  const context = await browser.newContext(lens(scheme, width, height));
  return context.newPage();
}
