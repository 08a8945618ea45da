import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { appSecret, phoneNumberId, textWebhook, verifyToken } from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { barriers } from '../support/axe.ts';
import {
  configDone,
  control,
  done,
  flowNode,
  openEditor,
  openForm,
  pressDeploy,
} from '../support/editor.ts';
import { type FlowItem, lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import type { WatchedPage } from '../support/watched-page.ts';
import { postWebhook } from '../support/webhook.ts';

const path = 'a-path-of-the-shop';
const flows: readonly FlowItem[] = [
  { id: 'tab', type: 'tab', label: 'Shop' },
  {
    id: 'shop',
    type: 'whatsapp-account',
    name: 'Shop',
    provider: 'meta',
    accountId: phoneNumberId,
    number: '+39 02 1',
    path,
  },
  { id: 'in', type: 'whatsapp-in', z: 'tab', account: 'shop', x: 200, y: 100, wires: [[]] },
];

for (const line of lines) {
  describe(`An account that says how it is, on Node-RED ${line}`, () => {
    let nodeRed: NodeRed;
    let editor: WatchedPage;
    let page: Page;
    let form: Locator;

    before(async () => {
      nodeRed = await startNodeRed({
        line,
        flows,
        credentials: { shop: { appSecret, verifyToken } },
      });
      await openAnew();
    });
    after(async () => {
      await editor?.close();
      await nodeRed?.remove();
    });

    const status = (text: string | RegExp) =>
      flowNode(page, 'in').locator('.red-ui-flow-node-status-label', { hasText: text }).waitFor();
    const webhook = () => `${nodeRed.url}/whatsapp/${path}`;
    const findings = () => form.locator('#whatsapp-account-findings li');
    const entry = (title: string) =>
      form.locator('#whatsapp-account-entries > div', { hasText: title });

    async function openAnew(): Promise<void> {
      editor = await openEditor(nodeRed.url);
      page = editor.page;
      form = page.locator('#node-config-dialog-edit-form');
    }
    async function openAccount(): Promise<void> {
      await openForm(page, 'in');
      await page
        .locator('#node-input-lookup-account, #node-input-btn-account-edit')
        .first()
        .click();
      await form.waitFor();
    }

    it('has never received anything, and says what is wrong and since when', async () => {
      await status('nothing received yet');
      await fetch(`${webhook()}?hub.mode=subscribe&hub.verify_token=no&hub.challenge=1`);
      await status(/wrong verify token since \w/);
      await postWebhook(webhook(), textWebhook('forged'), { secret: 'another' });
      await status(/wrong signature since \w/);
      await postWebhook(webhook(), textWebhook('right'));
      await status('received 1');
    });

    it('still knows after a restart when its last event came', async () => {
      await editor.close();
      await nodeRed.stop();
      await nodeRed.start();
      await openAnew();
      await status(/last event \w/);
    });

    it('says in its form how it stands, without being asked', async () => {
      await openAccount();
      await findings()
        .getByText(/the last event came at/)
        .waitFor();
    });

    it('has the URL to copy, and says that no provider can reach this one', async () => {
      await form.getByText(/No provider can reach this address/).waitFor();
      await control(form, 'publicUrl').fill('https://shop.example/whatsapp/a-path');
      await entry('Callback URL').getByText('https://shop.example/whatsapp/a-path').waitFor();
      assert.equal(await form.getByText(/No provider can reach/).count(), 0);
      await entry('Webhook fields').getByText('messages').waitFor();
    });

    it('makes up a verify token that can be copied, and not read over a shoulder', async () => {
      await entry('Verify token').getByText('the saved one').waitFor();
      await form.getByRole('button', { name: 'Make one up' }).press('Enter');
      const copy = entry('Verify token').getByRole('button', { name: 'Copy: Verify token' });
      await copy.waitFor();
      const made = await control(form, 'verifyToken').inputValue();
      assert.match(made, /^[\w-]{24}$/);
      assert.doesNotMatch(await form.innerText(), new RegExp(made));
    });

    it('takes hours, and no other words, after which it is quiet', async () => {
      const quiet = form.getByRole('textbox', { name: 'Quiet after' });
      assert.equal(await quiet.inputValue(), '24');
      await quiet.fill('often');
      await form.getByText('Enter hours from 0 to 8760.').waitFor();
      await quiet.fill('0.5');
      assert.deepEqual(await barriers(page, '#node-config-dialog-edit-form .wa-form'), []);
      await configDone(page);
      await done(page);
      await pressDeploy(page);
      const saved = (await nodeRed.flows()).find(({ id }) => id === 'shop');
      assert.equal(saved?.['quietAfter'], 0.5);
      assert.deepEqual(editor.complaints, []);
    });
  });
}
