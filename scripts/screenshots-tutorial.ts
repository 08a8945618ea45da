/** The README's tutorial: the same actions that its test counts. */
import type { Page } from 'playwright-core';
import { popup } from '../test/support/agents-page.ts';
import { sharedBrowser } from '../test/support/browser.ts';
import { startNodeRed } from '../test/support/node-red-process.ts';
import {
  type Act,
  addSimulator,
  closeForm,
  fillCondition,
  fillPopup,
  logInAsAgent,
  placeNodes,
  write,
} from '../test/support/tutorial.ts';
import { openLens, type Scheme, take } from './screenshots-camera.ts';
import { enter, takeTray } from './screenshots-editor.ts';

const act: Act = (deed) => deed();

export async function takeTutorial(scheme: Scheme): Promise<void> {
  const nodeRed = await startNodeRed();
  const browser = await sharedBrowser();
  const size = { width: 1240, height: 620 };
  const page = await openLens(browser, scheme, size.width, size.height);
  const desk = await openLens(browser, scheme, 1000, 400);
  await enter(page, nodeRed.url, scheme);
  await page.locator('.red-ui-palette-node[data-palette-type="script"]').waitFor();

  const placed = await placeNodes(page, act);
  await fillCondition(page, act, placed.condition);
  await takeTray(page, 'tutorial-condition', scheme);
  await closeForm(page, act);
  await page.setViewportSize(size);
  await fillPopup(page, act, placed.popup);
  await closeForm(page, act);
  const side = await addSimulator(page, act);
  await logInAsAgent(desk, act, nodeRed.url);
  await write(side, act, 'This is urgent: the box arrived empty!');
  await popup(desk, "Chiara D'Angelo").waitFor();
  await tidy(page);
  await take(page, 'tutorial-simulator', scheme);
  await desk.getByRole('button', { name: 'Not now' }).click();
  await take(desk, 'tutorial-popup', scheme);
  await page.context().close();
  await desk.context().close();
  await nodeRed.remove();
}

/** Nothing selected, the notice of Deploy gone, all of the sidebar for the phone, seen from its top. */
async function tidy(page: Page): Promise<void> {
  await page.locator('button[data-tab-id="debug"]').click();
  await page.locator('#red-ui-workspace-chart').click({ position: { x: 300, y: 400 } });
  await page.locator('.wat-stage').evaluate((stage) => stage.scrollTo(0, 0));
  await page.getByText('received 1', { exact: true }).waitFor();
  await page.locator('.red-ui-notification').first().waitFor({ state: 'hidden' });
}
