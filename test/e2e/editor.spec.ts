import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { giulia, textWebhook } from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { dashboardTab, logIn, popup, popupContent } from '../support/agents-page.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import {
  control,
  done,
  openEditor,
  openForm,
  placeNode,
  pressDeploy,
  wire,
} from '../support/editor.ts';
import { lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { openPage, type WatchedPage } from '../support/watched-page.ts';
import { postWebhook } from '../support/webhook.ts';
import {
  agent,
  expectedFlow,
  fillConditions,
  fillCtiUrl,
  fillForward,
  fillPopup,
  fillScript,
  makeAccount,
  secrets,
} from './editor-forms.ts';

/** In the order of their wires: when the forward comes in, the script has ended. */
const types = [
  'whatsapp-in',
  'trigger-condition',
  'browser-popup',
  'cti-url',
  'script',
  'url-forward',
] as const;
type Type = (typeof types)[number];

const script = `#!/bin/sh
cat > "$(dirname "$0")/stdin.json"
printf '%s' "$WA_TEXT" > "$(dirname "$0")/received"
`;

for (const line of lines) {
  describe(`A flow made in the editor, on Node-RED ${line}`, () => {
    let folder: string;
    let scriptPath: string;
    let crm: Crm;
    let nodeRed: NodeRed;
    let editor: WatchedPage;
    let page: Page;
    const ids = {} as Record<Type, string>;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-editor-'));
      scriptPath = join(folder, 'notify.sh');
      await writeFile(scriptPath, script);
      await chmod(scriptPath, 0o755);
      crm = await startCrm();
      const scripts = { folders: [folder] };
      nodeRed = await startNodeRed({ line, settings: { whatsappTriggers: { scripts } } });
      editor = await openEditor(nodeRed.url);
      page = editor.page;
    });
    after(async () => {
      await editor?.close();
      await nodeRed?.remove();
      await crm?.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    });

    it('takes the six nodes from the palette and wires them', async () => {
      for (const [index, type] of types.entries()) {
        const at = { x: 150 + 230 * (index % 3), y: 100 + 60 * index };
        ids[type] = await placeNode(page, type, at);
      }
      for (const [index, type] of types.slice(1).entries()) {
        await wire(page, ids[types[index] as Type], 0, ids[type]);
      }
    });

    it('fills the form of whatsapp-in; account, queue and desktop are made on the way', async () => {
      const form = await openForm(page, ids['whatsapp-in']);
      await makeAccount(page, crm.host);
      const left = ['Interaction closed', 'Message outgoing', 'Message accepted'];
      for (const event of [...left, 'Message rejected']) await form.getByLabel(event).uncheck();
      await control(form, 'delivery').check();
      await done(page);
    });

    it('fills the two lists of trigger-condition', async () => {
      const form = await openForm(page, ids['trigger-condition']);
      await control(form, 'description').fill('A customer writes about an order');
      const always = form.getByText('Fires on every event: there is no condition.');
      await always.waitFor();
      await fillConditions(form);
      assert.ok(await always.isHidden());
      await done(page);
    });

    it('fills the forms of the four actions', async () => {
      await fillPopup(await openForm(page, ids['browser-popup']));
      await done(page);
      await fillCtiUrl(await openForm(page, ids['cti-url']), crm.url);
      await done(page);
      await fillScript(await openForm(page, ids['script']), scriptPath);
      await done(page);
      await fillForward(await openForm(page, ids['url-forward']), crm.url, crm.host);
      await done(page);
    });

    it('deploys what was filled in, in the words of the contract', async () => {
      await pressDeploy(page);
      const flows = await nodeRed.flows();
      for (const [type, expected] of Object.entries(expectedFlow(flows, crm, scriptPath))) {
        const saved = flows.find((node) => node.type === type);
        const actual = Object.fromEntries(Object.keys(expected).map((key) => [key, saved?.[key]]));
        assert.deepEqual(actual, expected, type);
      }
      for (const secret of secrets) assert.ok(!JSON.stringify(flows).includes(secret), secret);
    });

    it('loses and changes nothing when every form is opened and closed again', async () => {
      for (const type of types) {
        await openForm(page, ids[type]);
        await done(page);
      }
      await page.locator('#red-ui-header-button-deploy.disabled').waitFor();
    });

    it('does the whole job with a signed message', async () => {
      const desk = await openPage();
      await logIn(desk.page, `${nodeRed.url}/sportello/`, agent.username, agent.password);
      const words = 'Ordine "9/9": <b>à spedire</b>? 📦';
      const answer = await postWebhook(`${nodeRed.url}/whatsapp/by-hand`, textWebhook(words));
      assert.equal(answer.status, 200);

      const title = `Da ${giulia.name}`;
      await popup(desk.page, title).waitFor();
      assert.equal(await popupContent(desk.page, title).locator('#text').textContent(), words);
      await dashboardTab(desk.page, `Cliente ${giulia.name}`).waitFor();
      const { query } = await crm.request('/cti');
      assert.equal(query.get('text'), words);
      assert.equal([...query.keys()][0], 'CALLID');
      assert.equal(JSON.parse((await crm.request('/messages')).body).text, words);
      assert.equal(await readFile(join(folder, 'received'), 'utf8'), words);
      assert.deepEqual(desk.complaints, []);
      await desk.close();
    });

    it('leaves no complaint in the editor', () => {
      assert.deepEqual(editor.complaints, []);
    });
  });
}
