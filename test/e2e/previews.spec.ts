import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { giulia, textWebhook } from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { barriersInBothThemes } from '../support/axe.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { control, done, openEditor, openForm } from '../support/editor.ts';
import { lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import type { WatchedPage } from '../support/watched-page.ts';
import { postWebhook } from '../support/webhook.ts';
import { credentials, previewsFlow } from './previews-flow.ts';

const words = 'Ordine "9/9": <b>à spedire</b>?';

for (const line of lines) {
  describe(`The forms that explain themselves, on Node-RED ${line}`, () => {
    let folder: string;
    let crm: Crm;
    let nodeRed: NodeRed;
    let editor: WatchedPage;
    let page: Page;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-previews-'));
      await writeFile(join(folder, 'greet.sh'), 'echo "for $WA_CALLERIDNAME ($WA_DRY_RUN)"\n');
      await chmod(join(folder, 'greet.sh'), 0o644);
      crm = await startCrm();
      const settings = { whatsappTriggers: { scripts: { folders: [folder] } } };
      nodeRed = await startNodeRed({ line, settings, credentials, flows: previewsFlow(crm) });
      const answer = await postWebhook(`${nodeRed.url}/whatsapp/previews`, textWebhook(words));
      assert.equal(answer.status, 200);
      // The flow has had it when the forward comes in: then it is in the log too.
      await crm.request('/heard');
      editor = await openEditor(nodeRed.url);
      page = editor.page;
    });
    after(async () => {
      await editor?.close();
      await nodeRed?.remove();
      await crm?.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    });

    const menu = () => page.getByRole('listbox', { name: 'Variables' });
    const preview = (form: Locator, type: string) => form.locator(`#${type}-preview`);
    const shows = (form: Locator, type: string, text: string | RegExp) =>
      preview(form, type).getByText(text).first().waitFor();

    it('show the request of the last real event, live while it is changed, secrets masked', async () => {
      const form = await openForm(page, 'url-forward');
      await shows(form, 'url-forward', 'POST');
      const shown = preview(form, 'url-forward');
      await form
        .getByRole('combobox', { name: 'With' })
        .getByText(giulia.name ?? '')
        .waitFor({ state: 'attached' });
      await shows(form, 'url-forward', 'Authorization: Bearer ***');
      await shows(form, 'url-forward', '"calleridname": "Giulia Müller 🌻"');
      await control(form, 'method').selectOption('PUT');
      await shows(form, 'url-forward', 'PUT');
      assert.doesNotMatch((await shown.textContent()) ?? '', /crm-token|4711/);
    });

    it('offer a variable at {{, with its value, by keyboard alone', async () => {
      const form = page.locator('#dialog-form');
      const url = control(form, 'url');
      await url.press('End');
      await url.pressSequentially('&c={{CALLERID');
      const options = menu().getByRole('option');
      await options
        .filter({ hasText: 'calleridname' })
        .getByText(giulia.name ?? '')
        .waitFor();
      assert.equal(await options.count(), 2);
      await url.press('ArrowDown');
      const active = await url.getAttribute('aria-activedescendant');
      assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
      await url.press('Enter');
      assert.ok((await url.inputValue()).endsWith('&c={{calleridname}}'));
      await menu().waitFor({ state: 'detached' });
      await shows(form, 'url-forward', /c=Giulia%20M%C3%BCller/);
    });

    it('close the list at Escape, and not the form', async () => {
      const form = page.locator('#dialog-form');
      const url = control(form, 'url');
      await url.press('Control+Space');
      await menu().getByRole('group', { name: 'Your own' }).getByText('sensitive').waitFor();
      assert.deepEqual(await barriersInBothThemes(page, '#whatsapp-triggers-variables'), []);
      await url.press('Escape');
      await menu().waitFor({ state: 'detached' });
      assert.ok(await form.isVisible());
    });

    it('offer variables by the button of a row, in three groups', async () => {
      const form = page.locator('#dialog-form');
      const row = form.locator('#url-forward-headers > li');
      await row.getByRole('button', { name: 'Insert a variable' }).click();
      const groups = menu().getByRole('group');
      const labels = await groups.evaluateAll((all: any[]) => all.map((one) => one.ariaLabel));
      assert.deepEqual(labels, ['Standard', 'Your own', 'Parts of the message']);
      await menu()
        .getByRole('option', { name: /^contact\.phone/ })
        .click();
      const value = row.getByRole('combobox', { name: 'Value', exact: true });
      assert.equal(await value.inputValue(), '{{calleridnm}}{{contact.phone}}');
    });

    it('say which name nobody knows, and put it right', async () => {
      const form = page.locator('#dialog-form');
      const row = form.locator('#url-forward-headers > li');
      await row.getByText('"calleridnm" is not known.').waitFor();
      await row.getByRole('button', { name: 'calleridnum?' }).click();
      const value = row.getByRole('combobox', { name: 'Value', exact: true });
      assert.equal(await value.inputValue(), '{{calleridnum}}{{contact.phone}}');
      await shows(form, 'url-forward', `X-Who: +${giulia.waId}+${giulia.waId}`);
    });

    it('send a test of what they show', async () => {
      const form = page.locator('#dialog-form');
      const before = crm.requests.length;
      await form.getByRole('button', { name: 'Send a test' }).click();
      await shows(form, 'url-forward', /The target answered 200/);
      const [sent, ...more] = crm.requests.slice(before);
      assert.deepEqual([sent?.method, more.length], ['PUT', 0]);
      assert.equal(sent?.headers['authorization'], 'Bearer crm-token');
      assert.equal(sent?.query.get('c'), giulia.name);
      assert.deepEqual(await barriersInBothThemes(page), []);
      await cancel();
    });

    it('show the address of a CTI page, and where it cannot be shown', async () => {
      const form = await openForm(page, 'cti-url');
      await shows(form, 'cti-url', /text=Ordine%20%229%2F9%22/);
      await shows(form, 'cti-url', /^\d+ characters · tab: Giulia/);
      await shows(form, 'cti-url', /Event Variables would add \d+/);
      await shows(form, 'cti-url', 'Named by the URL itself, so not added: text');
      await shows(form, 'cti-url', /crm\.example\.com is not in the list of hosts/);
      assert.deepEqual(await barriersInBothThemes(page), []);
      await cancel();
    });

    it('show a popup in the sandbox of the agents, and complete its HTML', async () => {
      const form = await openForm(page, 'browser-popup');
      await shows(form, 'browser-popup', 'Da Giulia Müller 🌻');
      const frame = preview(form, 'browser-popup').locator('iframe');
      assert.doesNotMatch((await frame.getAttribute('sandbox')) ?? '', /allow-scripts/);
      const inside = frame.contentFrame();
      const head = inside.locator('h1');
      assert.equal(await head.textContent(), words);
      assert.equal(await head.getAttribute('onclick'), null);
      assert.equal(await inside.locator('script').count(), 0);
      assert.equal(await inside.locator('b').textContent(), '***');

      await page.locator('#browser-popup-content .view-lines').click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('<i>{{order');
      await page.locator('.suggest-widget').getByText('ORDERNUM').first().waitFor();
      await page.keyboard.press('Enter');
      await inside.locator('i', { hasText: '9/9' }).waitFor();

      await form.getByRole('combobox', { name: 'Insert a variable' }).fill('lati');
      await menu()
        .getByRole('option', { name: /^latitude/ })
        .click();
      await page.locator('#browser-popup-content .view-lines').getByText('{{latitude}}').waitFor();
      assert.deepEqual(await barriersInBothThemes(page), []);
      await cancel();
    });

    it('show what a script gets, and run it once', async () => {
      const form = await openForm(page, 'script');
      await shows(form, 'script', `May be run: ${join(folder, 'greet.sh')}`);
      await shows(form, 'script', /Run by sh/);
      await shows(form, 'script', /WA_CALLERIDNAME=Giulia/);
      await form.getByRole('button', { name: 'Run a dry test' }).click();
      await shows(form, 'script', /Exit code 0/);
      await shows(form, 'script', `for ${giulia.name} (1)`);
      assert.deepEqual(await barriersInBothThemes(page), []);
      await control(form, 'script').fill('none.sh');
      await shows(form, 'script', /there is no such file/);
      await cancel();
    });

    it('show a message as the contact reads it', async () => {
      const form = await openForm(page, 'whatsapp-out');
      await shows(form, 'whatsapp-out', `To +${giulia.waId}`);
      await shows(form, 'whatsapp-out', `Ciao ${giulia.name}`);
      await form.getByText('The account of the event').waitFor({ state: 'attached' });
      assert.deepEqual(await barriersInBothThemes(page), []);
      await cancel();
    });

    it('show a template with its own sample values', async () => {
      await page.evaluate(`RED.editor.editConfig('', 'popup-template', 'card')`);
      const form = page.locator('#node-config-dialog-edit-form');
      await form.waitFor();
      await shows(form, 'popup-template', 'Mario');
      const frame = preview(form, 'popup-template').locator('iframe').contentFrame();
      await frame.getByText('9/9').waitFor();
      assert.deepEqual(await barriersInBothThemes(page), []);
      await page.locator('#node-config-dialog-cancel').click();
      await form.waitFor({ state: 'detached' });
    });

    it('have changed nothing, and complained of nothing', async () => {
      for (const type of ['url-forward', 'cti-url', 'browser-popup', 'script', 'whatsapp-out']) {
        await openForm(page, type);
        await done(page);
      }
      await page.locator('#red-ui-header-button-deploy.disabled').waitFor();
      assert.deepEqual(editor.complaints, []);
    });

    it('leave nothing behind when their node is deleted', async () => {
      const editors = () => page.evaluate('monaco.editor.getModels().length');
      const before = await editors();
      const form = await openForm(page, 'browser-popup');
      await shows(form, 'browser-popup', 'Da Giulia Müller 🌻');
      assert.notEqual(await editors(), before);
      // Another node of the type is deleted meanwhile.
      await page.evaluate(`RED.nodes.getType('browser-popup').oneditdelete.call({ id: 'other' })`);
      assert.notEqual(await editors(), before);
      await page.locator('#node-dialog-delete').click();
      await form.waitFor({ state: 'detached' });
      assert.equal(await editors(), before);
      await page.evaluate(`RED.editor.editConfig('', 'popup-template', 'card')`);
      const card = page.locator('#node-config-dialog-edit-form');
      await shows(card, 'popup-template', 'Mario');
      await page.locator('.red-ui-tray-toolbar .leftButton').last().click();
      await card.waitFor({ state: 'detached' });
      assert.equal(await editors(), before);
      assert.deepEqual(editor.complaints, []);
    });

    async function cancel(): Promise<void> {
      await page.locator('#node-dialog-cancel').click();
      await page.locator('#dialog-form').waitFor({ state: 'detached' });
    }
  });
}
