import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import '../support/e2e.ts';
import {
  addConfig,
  addRow,
  configDone,
  control,
  done,
  openEditor,
  openForm,
  placeNode,
  pressDeploy,
} from '../support/editor.ts';
import { lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import type { WatchedPage } from '../support/watched-page.ts';

const path = 'a-path-that-nobody-can-guess';
const older = {
  id: 'older-account',
  type: 'whatsapp-account',
  name: 'Older',
  provider: 'simulator',
};
const sample = 'id=1&from=393331234567&text=Ciao&state=SEEN';

for (const line of lines) {
  describe(`The form of a gateway's account, on Node-RED ${line}`, () => {
    let nodeRed: NodeRed;
    let editor: WatchedPage;
    let page: Page;
    let form: Locator;
    let inlet: string;

    before(async () => {
      nodeRed = await startNodeRed({ line, flows: [older] });
      editor = await openEditor(nodeRed.url);
      page = editor.page;
      inlet = await placeNode(page, 'whatsapp-in', { x: 200, y: 100 });
      await openForm(page, inlet);
      form = await addConfig(page, 'account');
      await control(form, 'provider').selectOption('generic');
    });
    after(async () => {
      await editor?.close();
      await nodeRed?.remove();
    });

    const preview = () => form.locator('#whatsapp-account-preview li').allTextContents();

    it('shows at once what becomes of a sample', async () => {
      await form.getByRole('textbox', { name: 'Sample' }).fill(sample);
      assert.deepEqual(await preview(), ['Message incoming, text, from +393331234567: Ciao']);
    });

    it('shows beside a new path what it finds, and offers what there is', async () => {
      const row = await addRow(form, 'whatsapp-account-paths');
      await row.getByLabel('Property').selectOption('status');
      await row.getByLabel('Path').fill('sta');
      await row.getByText('not in the sample').waitFor();
      await row.getByLabel('Path').fill('state');
      await row.getByText('SEEN').waitFor();
      const offered = form.locator('#whatsapp-account-paths-path option');
      const values = await offered.evaluateAll((all: any[]) => all.map(({ value }) => value));
      assert.deepEqual(values, ['id', 'from', 'text', 'state']);
    });

    it('takes the words of the gateway for a delivery status', async () => {
      const row = await addRow(form, 'whatsapp-account-statuses');
      await row.getByLabel("The gateway's word").fill('SEEN');
      await row.getByLabel('Means').selectOption('read');
      assert.deepEqual(await preview(), ['Delivery read of message 1']);
    });

    it('says that a path which may be guessed needs a secret', async () => {
      await control(form, 'path').fill('short');
      await form.getByText(/This provider signs nothing/).waitFor();
      await check();
      assert.match((await findings()).join(' '), /24 characters/);
      await control(form, 'webhookSecret').fill('open sesame');
      await form.getByText(/This provider signs nothing/).waitFor({ state: 'detached' });
      await control(form, 'path').fill(path);
    });

    it('checks the account before it is deployed', async () => {
      await check();
      assert.match((await findings())[0] ?? '', /complete/);
      assert.match((await findings()).at(-1) ?? '', /deploy first/);
    });

    it('deploys what takes an event of the gateway', async () => {
      await configDone(page);
      await done(page);
      const from = nodeRed.log.length;
      await pressDeploy(page);
      await nodeRed.waitForLog(/Started (modified )?(flows|nodes)/, from);
      const answer = await fetch(`${nodeRed.url}/whatsapp/${path}`, {
        method: 'POST',
        headers: { 'x-webhook-secret': 'open sesame' },
        body: new URLSearchParams({ id: '2', from: '393331234567', text: 'Ciao' }),
      });
      assert.equal(answer.status, 200);
      await page.locator('.red-ui-flow-node-status-label', { hasText: 'received 1' }).waitFor();
    });

    it('has nothing changed when it is opened and closed again, and tells no secret', async () => {
      await openForm(page, inlet);
      await page
        .locator('#node-input-lookup-account, #node-input-btn-account-edit')
        .first()
        .click();
      await form.waitFor();
      await configDone(page);
      await done(page);
      await page.locator('#red-ui-header-button-deploy.disabled').waitFor();
      assert.doesNotMatch(JSON.stringify(await nodeRed.flows()), /open sesame/);
      assert.deepEqual(editor.complaints, []);
    });

    it('leaves the webhook of an account without a path where it is', async () => {
      await page.evaluate(`RED.editor.editConfig('', 'whatsapp-account', '${older.id}')`);
      await form.waitFor();
      assert.equal(await control(form, 'path').inputValue(), '');
      assert.equal(await control(form, 'path').getAttribute('aria-invalid'), 'false');
      const address = `${nodeRed.url}/whatsapp/${older.id}`;
      assert.equal(await form.locator('#whatsapp-account-webhook').textContent(), address);
      await configDone(page);
      assert.equal(await page.evaluate(`RED.nodes.node('${older.id}').path`), '');
    });

    async function check(): Promise<void> {
      const answered = page.waitForResponse((answer) => answer.url().endsWith('/check'));
      await form.getByRole('button', { name: 'Check connection' }).click();
      await answered;
      await form.getByRole('button', { name: 'Check connection' }).waitFor();
    }
    const findings = () => form.locator('#whatsapp-account-findings li').allTextContents();
  });
}
