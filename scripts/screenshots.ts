/**
 * `npm run screenshots`: starts the demo and makes `docs/images/`, each picture in light and dark.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { closeSharedBrowser, sharedBrowser } from '../test/support/browser.ts';
import { freePort, stopEveryNodeRed } from '../test/support/node-red-process.ts';
import { images, openLens, root, type Scheme, take } from './screenshots-camera.ts';
import { addStaff, takeDesktop } from './screenshots-desktop.ts';
import { takeEditor } from './screenshots-editor.ts';
import { takeTutorial } from './screenshots-tutorial.ts';
import { prepareDemo, type Demo } from './start-demo.ts';
import { runNodeRed } from './start-node-red.ts';

const folder = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-screenshots-'));
await mkdir(images, { recursive: true });
try {
  for (const scheme of ['light', 'dark'] as const) {
    const demo = await prepareDemo({ root, folder, port: await freePort(), fresh: true });
    await addForms(demo);
    await addStaff(demo);
    await whileRunning(demo, () => takePictures(demo, scheme));
    await takeTutorial(scheme);
    await closeSharedBrowser();
  }
} finally {
  await closeSharedBrowser();
  await stopEveryNodeRed();
  await rm(folder, { recursive: true, force: true });
}

/** A second tab with the six nodes filled in, for the pictures of their forms. */
async function addForms({ folder }: Demo): Promise<void> {
  const file = join(folder, 'flows.json');
  const added = await readFile(join(import.meta.dirname, 'screenshots-flow.json'), 'utf8');
  const script = join(folder, 'scripts/print-label.py');
  await writeFile(script, 'print("printed")\n', { mode: 0o755 });
  const filled = added.replace('/opt/whatsapp/print-label.py', script);
  const flows = [...JSON.parse(await readFile(file, 'utf8')), ...JSON.parse(filled)];
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
  // What agents and customers have done is then in the log.
  await takeDesktop(base, scheme);
  await takeEditor(await openLens(browser, scheme, 1200, 700), base, scheme);
  await takePhone(await openLens(browser, scheme, 1120, 740), base, scheme);
  // The signal that ends the demo would end the browser, too.
  await closeSharedBrowser();
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
