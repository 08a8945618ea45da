/**
 * The flow editor by mouse and keyboard, as a flow builder uses it. The selectors hold in
 * Node-RED 4.1 and 5.
 */
import type { Locator, Page } from 'playwright-core';
import { openPage, type WatchedPage } from './watched-page.ts';

export async function openEditor(url: string): Promise<WatchedPage> {
  const editor = await openPage({ viewport: { width: 1500, height: 950 } });
  await editor.page.goto(url);
  await editor.page.locator('.red-ui-palette-node[data-palette-type="comment"]').waitFor();
  return editor;
}

/**
 * Drags a node from the palette to a place in the workspace and answers its id. Before it is let go, waits
 * for what is given.
 */
export async function placeNode(
  page: Page,
  type: string,
  at: { readonly x: number; readonly y: number },
  before?: Locator,
): Promise<string> {
  const known = await page
    .locator('.red-ui-flow-node-group')
    .evaluateAll((nodes: readonly { readonly id: string }[]) => nodes.map(({ id }) => id));
  const entry = page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
  await entry.scrollIntoViewIfNeeded();
  const from = await box(entry);
  const chart = await box(page.locator('#red-ui-workspace-chart'));
  await page.mouse.move(from.x + 20, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(chart.x + at.x - 10, chart.y + at.y, { steps: 5 });
  await page.mouse.move(chart.x + at.x, chart.y + at.y);
  await before?.waitFor({ state: 'attached' });
  await page.mouse.up();
  const others = known.filter((id) => id !== '').map((id) => `:not([id="${id}"])`);
  const placed = page.locator(`.red-ui-flow-node-selected${others.join('')}`);
  await placed.waitFor();
  const id = await placed.getAttribute('id');
  if (!id) throw new Error(`No ${type} node was placed.`);
  return id;
}

/** Drags a wire from an output of one node to the input of another. */
export async function wire(page: Page, from: string, output: number, to: string): Promise<void> {
  const port = flowNode(page, from).locator('.red-ui-flow-port-output').nth(output);
  const start = await centre(port);
  const end = await centre(flowNode(page, to).locator('.red-ui-flow-port-input'));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 3 });
  await page.mouse.move(end.x, end.y, { steps: 3 });
  await page.mouse.up();
}

/** A node in the workspace. */
export function flowNode(page: Page, id: string): Locator {
  return page.locator(`.red-ui-flow-node[id="${id}"]`);
}

/** Opens a node's form by double click; answers the form. */
export async function openForm(page: Page, id: string): Promise<Locator> {
  const form = page.locator('#dialog-form');
  await opens(() => flowNode(page, id).locator('rect.red-ui-flow-node').dblclick(), form);
  return form;
}

/** The editor takes no notice of who would open a form while another one is still sliding in. */
async function opens(act: () => Promise<void>, form: Locator): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await act();
    try {
      await form.waitFor({ timeout: 2_000 });
      break;
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
  await atRest(form.page());
}

/** Waits until the form on top, if any, has slid in: a button that moves may miss the end of a click. */
async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const tray = [...document.querySelectorAll<HTMLElement>('.red-ui-tray')].at(-1);
    return !tray || (tray.style.right === '0px' && tray.getAnimations().length === 0);
  });
}

/** The control of a property in an open form, a node's or a config node's. */
export function control(form: Locator, property: string): Locator {
  return form.locator(`#node-input-${property}, #node-config-input-${property}`);
}

/** Presses Done and waits until the form has gone. */
export async function done(page: Page): Promise<void> {
  await page.locator('#node-dialog-ok').click();
  await page.locator('#node-dialog-ok').waitFor({ state: 'detached' });
}

/** Presses the add button beside a config node's selector; answers the config node's form. */
export async function addConfig(page: Page, property: string, level = 'node'): Promise<Locator> {
  const depth = await breadcrumbs(page).count();
  const add = page.locator(`#${level}-input-btn-${property}-add`);
  await opens(() => add.click(), breadcrumbs(page).nth(depth));
  return page.locator('#node-config-dialog-edit-form');
}

/** Presses Add in the config node's form and waits until the form below it is back. */
export async function configDone(page: Page): Promise<void> {
  const depth = await breadcrumbs(page).count();
  await page.locator('#node-config-dialog-ok').click();
  await breadcrumbs(page)
    .nth(depth - 1)
    .waitFor({ state: 'detached' });
  await atRest(page);
}

/** One for every form that is open; the editor shows only the last. */
function breadcrumbs(page: Page): Locator {
  return page.locator('.red-ui-tray-breadcrumbs li');
}

/** Presses Deploy and waits for the runtime's answer. */
export async function pressDeploy(page: Page): Promise<void> {
  const answered = page.waitForResponse(
    (response) => response.url().endsWith('/flows') && response.request().method() === 'POST',
  );
  await page.locator('#red-ui-header-button-deploy').click();
  const answer = await answered;
  if (!answer.ok()) throw new Error(`Deploy was answered ${answer.status()}`);
}

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (!found) throw new Error(`${String(locator)} is not visible.`);
  return found;
}

async function centre(locator: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await box(locator);
  return { x: x + width / 2, y: y + height / 2 };
}

/** Adds a row to one of the form's lists and answers it. */
export async function addRow(form: Locator, list: string): Promise<Locator> {
  const whole = form.locator('.red-ui-editableList', { has: form.page().locator(`#${list}`) });
  const rows = whole.locator(`#${list} > li`);
  const before = await rows.count();
  await whole.locator('.red-ui-editableList-addButton').last().click();
  await rows.nth(before).waitFor();
  return rows.nth(before);
}

/** Replaces the text in a code editor of the form. */
export async function fillCode(page: Page, id: string, text: string): Promise<void> {
  await page.locator(`#${id} .view-lines, #${id} .ace_content`).first().click();
  await page.keyboard.press('ControlOrMeta+A');
  // Else the code editor would put a bracket that is typed around what is selected.
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}
