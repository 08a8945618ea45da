import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { textWebhook } from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { barriersInBothThemes } from '../support/axe.ts';
import { addRow, done, flowNode, openEditor, openForm, pressDeploy } from '../support/editor.ts';
import { lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import type { WatchedPage } from '../support/watched-page.ts';
import { postWebhook } from '../support/webhook.ts';
import { conditionsFlow, credentials, texts } from './conditions-flow.ts';

const never = 'Never fires: no event can meet these conditions together.';

for (const line of lines) {
  describe(`The form of conditions, on Node-RED ${line}`, () => {
    let nodeRed: NodeRed;
    let editor: WatchedPage;
    let page: Page;
    let form: Locator;

    before(async () => {
      nodeRed = await startNodeRed({ line, flows: conditionsFlow(), credentials });
      for (const text of texts) {
        const answer = await postWebhook(`${nodeRed.url}/whatsapp/shop`, textWebhook(text));
        assert.equal(answer.status, 200);
      }
      editor = await openEditor(nodeRed.url);
      page = editor.page;
    });
    after(async () => {
      await editor?.close();
      await nodeRed?.remove();
    });

    it('says the rule in words on a node that nobody named', async () => {
      const label = flowNode(page, 'trigger').locator('.red-ui-flow-node-label');
      assert.equal(await label.textContent(), 'the message text contains "ordine"');
    });

    describe('while a rule is written', () => {
      before(async () => {
        form = await openForm(page, 'empty');
      });
      after(() => cancel(page));

      it('says the whole rule below its rows', async () => {
        await form.getByText('Fires on every event: there is no condition.').waitFor();
        const row = await addRow(form, 'trigger-condition-all');
        await form.getByText('Fires when the message is incoming.').waitFor();
        await row.getByLabel('Field').selectOption({ label: 'Interaction' });
        await row.getByLabel('Value').selectOption('closed');
        await form.getByText('Fires when the interaction is closed.').waitFor();
      });

      it('names the row that no event can meet, and why, until it is put right', async () => {
        const row = await addRow(form, 'trigger-condition-all');
        await row.getByLabel('Field').selectOption({ label: 'Message' });
        await row.getByLabel('Value').selectOption('incoming');
        await row.getByText('together with: the interaction is closed.').waitFor();
        await form.getByText(never).waitFor();
        await form.getByLabel('Value').first().selectOption('opened');
        await form.getByText(never).waitFor({ state: 'hidden' });
        assert.equal(await notes(row).count(), 0);
      });

      it('names what is there twice, needless, unknown or unfinished', async () => {
        const row = await addRow(form, 'trigger-condition-all');
        await row.getByLabel('Field').selectOption({ label: 'Message' });
        await row.getByLabel('Value').selectOption('incoming');
        await row.getByText('This condition is there already.').waitFor();
        await row.getByLabel('Operator').selectOption('notEquals');
        await row.getByLabel('Value').selectOption('accepted');
        await row.getByText('Not needed').waitFor();
        await row.getByLabel('Field').selectOption({ label: 'Queue' });
        await row.getByText('Enter a value.').waitFor();
        await row.getByLabel('Value').fill('vendite');
        await row.getByText('No queue is called "vendite". Is "Vendite" meant?').waitFor();
        await row.getByLabel('Field').selectOption({ label: 'Time' });
        await row.getByLabel('Time zone').fill('Europe/Atlantis');
        await row.getByText('There is no time zone "Europe/Atlantis".').waitFor();
        await row.getByRole('button', { name: 'Remove' }).click();
      });

      it('has no barriers, in light and in dark', async () => {
        assert.deepEqual(await barriersInBothThemes(page, '#dialog-form .wa-form'), []);
      });
    });

    describe('when a rule is tested', () => {
      before(async () => {
        form = await openForm(page, 'trigger');
      });

      it('keeps the test folded until it is wanted, and opens it by keyboard', async () => {
        const events = form.getByLabel('Event', { exact: true });
        assert.ok(await events.isHidden());
        await form.locator('summary').focus();
        await page.keyboard.press('Enter');
        await events.waitFor();
      });

      it('shows of the last event what every condition found, while one types', async () => {
        const row = form.locator('#trigger-condition-all > li').first();
        await row.getByText('not met: it is "grazie"').waitFor();
        await form.getByText('Not met: the event leaves by the second output.').waitFor();
        await row.getByLabel('Value').fill('graz');
        await row.getByText('met: it is "grazie"', { exact: true }).waitFor();
        await form.getByText('Met: the event leaves by the first output.').waitFor();
      });

      it('shows harmful words as words', async () => {
        const events = form.getByLabel('Event', { exact: true });
        const harmful = events.locator('option', { hasText: 'onerror' });
        await events.selectOption(await harmful.getAttribute('value'));
        await form.getByText('not met: it is "<img src=x onerror=').waitFor();
        assert.equal(await form.locator('img').count(), 0);
      });

      it('marks every event that the rule meets', async () => {
        const row = form.locator('#trigger-condition-all > li').first();
        await row.getByLabel('Value').fill('ordine');
        const options = form.getByLabel('Event', { exact: true }).locator('optgroup').first();
        const marks = await options.locator('option').allTextContents();
        assert.deepEqual(
          marks.map((text) => text.slice(0, 1)),
          ['✗', '✗', '✓', '✓'],
        );
      });

      it('asks a made event only for what the rule looks at', async () => {
        const events = form.getByLabel('Event', { exact: true });
        await events.selectOption({ label: 'Message incoming, opens an interaction' });
        const made = form.locator('.wa-made');
        assert.deepEqual(await made.getByRole('textbox').count(), 1);
        await made.getByLabel('Message text').fill('il mio ordine');
        await form.getByText('met: it is "il mio ordine"', { exact: true }).waitFor();
        await events.selectOption({ label: 'Interaction closed' });
        await form.getByText('not met: it is absent').waitFor();
        assert.ok(await made.isHidden());
      });

      it('has no barriers, in light and in dark', async () => {
        assert.deepEqual(await barriersInBothThemes(page, '#dialog-form .wa-form'), []);
      });

      it('counts over all recorded events what the change would gain and lose', async () => {
        const row = form.locator('#trigger-condition-all > li').first();
        await row.getByLabel('Value').fill('r');
        await form.getByRole('button', { name: 'Test against all recorded events' }).click();
        await form.getByText(/^Would have met 4 of 4 events since .*: 2 new, 0 lost/).waitFor();
        const gained = form.getByRole('list', { name: 'New' }).getByRole('listitem');
        assert.deepEqual(
          (await gained.allTextContents()).map((text) => /"(.*)"/s.exec(text)?.[1]),
          ['grazie', '<img src=x onerror=\\"document.title=1\\">'],
        );
        await row.getByLabel('Value').fill('urgente');
        assert.ok(await form.getByText(/^Would have met/).isHidden());
      });

      it('compares with what is deployed, not with what was only edited', async () => {
        await done(page);
        form = await openForm(page, 'trigger');
        await form.locator('summary').click();
        await form.getByLabel('ignore case').check();
        await form.getByRole('button', { name: 'Test against all recorded events' }).click();
        await form.getByText(/^Would have met 1 of 4 events since .*: 0 new, 1 lost/).waitFor();
        await done(page);
      });
    });

    describe('when the rule is deployed', () => {
      it('says the new rule on the node, and the same in the trigger log', async () => {
        await pressDeploy(page);
        const words = 'the message text contains "urgente" (ignoring case)';
        const label = flowNode(page, 'trigger').locator('.red-ui-flow-node-label tspan, text');
        const shown = (await label.allTextContents()).join(' ').replaceAll(/\s+/g, ' ');
        assert.ok(shown.includes('the message text contains "urgente"'), shown);
        await postWebhook(`${nodeRed.url}/whatsapp/shop`, textWebhook('URGENTE!'));
        await page.getByText('met 1 · not met 0').waitFor();
        const { entries } = await nodeRed.adminJson<{
          entries: { trigger?: { sentence: string } }[];
        }>('/whatsapp-triggers/log');
        const sentences = entries.flatMap(({ trigger }) => trigger?.sentence ?? []);
        assert.ok(sentences.includes(`Fires when ${words}.`), String(sentences));
      });

      it('leaves no complaint in the editor', () => {
        assert.deepEqual(editor.complaints, []);
      });
    });
  });
}

function notes(row: Locator): Locator {
  return row.locator('.wa-note-line');
}

async function cancel(page: Page): Promise<void> {
  await page.locator('#node-dialog-cancel').click();
  await page.locator('#node-dialog-cancel').waitFor({ state: 'detached' });
}
