import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { hostileTexts } from '../fixtures/hostile.ts';
import { headers } from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { barriers } from '../support/axe.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { flowNode, openEditor } from '../support/editor.ts';
import { lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import type { WatchedPage } from '../support/watched-page.ts';
import { credentials, sidebarFlow } from './sidebar-flow.ts';

for (const line of lines) {
  describe(`The sidebar of the editor, on Node-RED ${line}`, () => {
    let crm: Crm;
    let refusing: Crm;
    let nodeRed: NodeRed;
    let editor: WatchedPage;
    let page: Page;
    let side: Locator;

    before(async () => {
      crm = await startCrm();
      refusing = await startCrm(404);
      nodeRed = await startNodeRed({ line, flows: sidebarFlow(crm, refusing), credentials });
      editor = await openEditor(nodeRed.url);
      page = editor.page;
      side = page.getByRole('region', { name: 'WhatsApp triggers' });
      // Once the flows are there the editor chooses a tab of its own.
      await page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' });
      await flowNode(page, 'urgent').waitFor();
      await page.evaluate(`RED.sidebar.show('whatsapp-triggers')`);
      // A section of its own height: in Node-RED 5 others share the sidebar.
      if (line === 5) await page.locator('button[data-tab-id="debug"]').click();
    });
    after(async () => {
      await editor?.close();
      await nodeRed?.remove();
      await crm?.close();
      await refusing?.close();
    });

    const tab = (name: string) => side.getByRole('tab', { name });
    const rows = () =>
      side.getByRole('list', { name: 'Events, the newest first' }).getByRole('button');
    const trace = () => side.getByRole('region', { name: 'What became of an event' });
    const talk = () => side.getByRole('log', { name: 'Conversation' });
    const show = (label: string) =>
      side.getByRole('combobox', { name: 'What to show' }).selectOption({ label });

    async function write(text: string): Promise<void> {
      const field = side.getByRole('textbox', { name: 'Message', exact: true });
      await field.fill(text);
      await field.press('Enter');
      await talk().getByText(text, { exact: true }).waitFor();
    }

    /** Opens what came of the last thing in the conversation. */
    async function whatCame(text: string): Promise<void> {
      const bubble = talk().getByRole('listitem').filter({ hasText: text });
      await bubble.getByRole('button', { name: 'What came of it' }).click();
      await trace().getByRole('heading').waitFor();
    }

    const back = () => trace().getByRole('button', { name: 'Back to the log' }).click();

    it('leads from the empty log to a phone', async () => {
      await side.getByText('Nothing has come yet.').waitFor();
      await side.getByRole('button', { name: 'Send a message with the simulator' }).click();
      assert.equal(await tab('Simulator').getAttribute('aria-selected'), 'true');
    });

    it('says why nothing happened, with what was there instead, and where', async () => {
      await write('good morning');
      await whatCame('good morning');
      await trace().getByText('Message text contains urgent – was: good morning').waitFor();
      await trace().getByText('was: good morning', { exact: true }).waitFor();
      await trace().getByRole('button', { name: 'Is it urgent?' }).first().click();
      const blinks = ':is(.red-ui-flow-node-highlighted, :has(.red-ui-flow-node-highlighted))';
      await page.locator(`[id="urgent"]${blinks}`).waitFor({ state: 'attached' });
    });

    it('shows every station of an event that acted and failed', async () => {
      await tab('Simulator').click();
      await write('it is urgent');
      await crm.request('/tell');
      await whatCame('it is urgent');
      const steps = trace().getByRole('list', { name: 'Its way' });
      await steps.getByText('HTTP status 200').waitFor();
      await steps.getByText('E_HTTP_STATUS', { exact: false }).first().waitFor();
    });

    it('sends the whole event again, and one action alone', async () => {
      const before = crm.requests.length;
      await trace().getByRole('button', { name: 'Do this again: Tell the CRM' }).click();
      await trace().getByText('Sent again to Tell the CRM').waitFor();
      await crm.request('/tell', () => crm.requests.length === before + 1);
      await trace().getByRole('button', { name: 'Send again', exact: true }).click();
      await crm.request('/tell', () => crm.requests.length === before + 2);
      const keys = crm.requests.map((request) => request.headers['idempotency-key']);
      assert.equal(new Set(keys).size, 1);
    });

    it('saves it as a test case in which nobody can be recognised', async () => {
      const saved = page.waitForEvent('download');
      await trace().getByRole('button', { name: 'Save as a test case' }).click();
      const download = await saved;
      assert.match(download.suggestedFilename(), /\.json$/);
      const kept = await readFile(await download.path(), 'utf8');
      assert.doesNotMatch(kept, /393200000101|Chiara|D'Angelo/);
      assert.equal(JSON.parse(kept).event.name, 'message.incoming');
    });

    it('goes back to the list by Escape, to the row that it came from', async () => {
      await page.keyboard.press('Escape');
      await trace().waitFor({ state: 'detached' });
      const row = rows().filter({ hasText: 'it is urgent' }).first();
      await row.focus();
      await page.keyboard.press('Enter');
      await trace().getByRole('heading').waitFor();
      await page.keyboard.press('Escape');
      await page.waitForFunction(`document.activeElement?.textContent.includes('it is urgent')`);
      await tab('Log').focus();
      await page.keyboard.press('ArrowRight');
      assert.equal(await tab('Simulator').getAttribute('aria-selected'), 'true');
      await page.keyboard.press('ArrowLeft');
    });

    it('finds by outcome, by the end of the phone number and by text', async () => {
      await show('Not met.');
      await rows().filter({ hasText: 'it is urgent' }).waitFor({ state: 'detached' });
      await rows().filter({ hasText: 'good morning' }).waitFor();
      await show('Everything');
      const search = side.getByRole('searchbox');
      for (const [wanted, found, gone] of [
        ['urgent', 'it is urgent', 'good morning'],
        ['0101', 'good morning', undefined],
        ['9999', undefined, 'good morning'],
      ] as const) {
        await search.fill(wanted);
        if (found) await rows().filter({ hasText: found }).waitFor();
        if (gone) await rows().filter({ hasText: gone }).waitFor({ state: 'detached' });
      }
      await side.getByText('Nothing of the kind has come.').waitFor();
      await search.fill('');
    });

    it('lists dead letters and what nobody could read', async () => {
      const body = 'this is no JSON';
      const answer = await fetch(`${nodeRed.url}/whatsapp/demo`, {
        method: 'POST',
        headers: headers(Buffer.from(body)),
        body,
      });
      assert.equal(answer.status, 200);
      await show('Quarantine');
      const kept = side.getByRole('list', { name: 'What was set aside' }).getByRole('listitem');
      await kept.getByText('What came').click();
      await kept.getByText(body, { exact: true }).waitFor();
      await show('Dead letters');
      const letter = side
        .getByRole('list', { name: 'Requests that failed or wait' })
        .getByRole('listitem');
      await letter.getByRole('button', { name: 'Nobody there' }).first().waitFor();
      const count = await letter.count();
      await letter.first().getByRole('button', { name: 'Discard' }).click();
      await side
        .getByText(`Failed for good: ${count - 1}`)
        .or(side.getByText('No request has failed'))
        .waitFor();
      await show('Everything');
    });

    it('does nothing outside in a dry run, and says what it would have done', async () => {
      const before = crm.requests.length;
      await tab('Simulator').click();
      await side.getByRole('checkbox', { name: /^Dry run/ }).check();
      await write('urgent, but only said');
      await whatCame('urgent, but only said');
      const steps = trace().getByRole('list', { name: 'Its way' }).getByRole('listitem');
      const step = steps.filter({ hasText: 'Tell the CRM' }).first();
      await step.getByText('Dry run: nothing was done').waitFor();
      await step.getByText('What it added to msg').click();
      await step.getByText(`${crm.url}/tell`, { exact: false }).waitFor();
      assert.equal(crm.requests.length, before);
    });

    it('runs a scripted conversation, with agents who reject and accept', async () => {
      await tab('Simulator').click();
      await side.getByText('Scripted conversations').click();
      await side
        .getByRole('combobox', { name: 'Conversation' })
        .selectOption({ label: 'Agents: rejected, then accepted' });
      await side.getByRole('button', { name: 'Run' }).press('Enter');
      await side.getByText('Done: 6 lines.').waitFor();
      await talk().getByText('Rejected by anna').waitFor();
      await talk().getByText('Accepted by bruno').waitFor();
      await talk().getByText('Interaction closed: solved').waitFor();
    });

    it('sends the same again without a second event, and what comes too late', async () => {
      await side.getByRole('button', { name: 'New conversation' }).click();
      await side.getByRole('button', { name: 'Same again' }).click();
      await talk().getByText('sent 2 times, told 1 times').waitFor();
      const closings = talk().getByText('Interaction closed: simulator');
      const before = await closings.count();
      await side.getByRole('button', { name: 'Close', exact: true }).click();
      await closings.nth(before).waitFor();
      await side.getByRole('button', { name: 'Accept' }).click();
      await side.getByText('No interaction is open. Send a message first.').waitFor();
    });

    it('shows what customers write as text and nothing else', async () => {
      for (const text of hostileTexts.slice(0, 5)) await write(text);
      await tab('Log').click();
      await back();
      await rows().filter({ hasText: 'hacked' }).first().click();
      await trace().getByText('top.document.title', { exact: false }).first().waitFor();
      await back();
      assert.deepEqual(editor.complaints, []);
    });

    it('puts no barrier in anybody’s way, light or dark, and fits its width', async () => {
      for (const dark of [false, true]) {
        await page.evaluate(`document.documentElement.classList.toggle('nr-theme-dark', ${dark})`);
        for (const name of ['Log', 'Simulator']) {
          await tab(name).click();
          if (name === 'Log') await rows().first().click();
          assert.deepEqual(await barriers(page, '.wat'), [], `${name}, dark: ${dark}`);
          const wider = `[...document.querySelectorAll('.wat, .wat-scroll')]
            .filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.className)`;
          assert.deepEqual(await page.evaluate(wider), []);
          if (name === 'Log') await page.keyboard.press('Escape');
        }
      }
    });
  });
}
