import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ahmed, giulia, textWebhook } from '../fixtures/meta.ts';
import type { Page } from 'playwright-core';
import '../support/e2e.ts';
import {
  answerOffer,
  dashboardTab,
  logIn,
  offer,
  popup,
  popupContent,
} from '../support/agents-page.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { openPage, type WatchedPage } from '../support/watched-page.ts';
import { postWebhook } from '../support/webhook.ts';
import { agent, credentials, mainJobFlow } from './main-job-flow.ts';

const words =
  'È arrivato il "pacco" 📦? <script>top.document.title=1</script> & l\'altro {{queue}}';
const title = `Messaggio di ${giulia.name}`;

/** Tells what it was given, then ends. */
const script = `
const { text } = require('node:stream/consumers');
text(process.stdin).then((stdin) => {
  const received = JSON.stringify({ stdin: JSON.parse(stdin), env: process.env });
  require('node:fs').writeFileSync(__filename + '.received', received);
});
`;

for (const line of lines) {
  describe(`A flow written by hand, on Node-RED ${line}`, () => {
    let folder: string;
    let crm: Crm;
    let nodeRed: NodeRed;
    let desk: WatchedPage;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-scripts-'));
      const path = join(folder, 'notify.cjs');
      await writeFile(path, script);
      await chmod(path, 0o755);
      crm = await startCrm();
      nodeRed = await startNodeRed({
        line,
        flows: mainJobFlow(crm, path),
        credentials,
        environment: { HOUSE_SECRET: 'not for scripts' },
        settings: { whatsappTriggers: { scripts: { folders: [folder] } } },
      });
      desk = await openPage();
      await desk.page.addInitScript(() => {
        const page = globalThis as any;
        const open = page.open;
        page.open = (...args: unknown[]) => (page.popupsBlocked ? null : open(...args));
      });
      await logIn(desk.page, `${nodeRed.url}/desktop/`, agent.username, agent.password);
    });

    const webhookUrl = () => `${nodeRed.url}/whatsapp/main-job`;

    /** The browser page that opens and shows an address of the CRM. */
    function pageAt(path: string): Promise<Page> {
      return desk.page.context().waitForEvent('page', {
        predicate: async (page) => {
          await page.waitForURL((url) => url.pathname.startsWith('/cti/'));
          return new URL(page.url()).pathname === path;
        },
      });
    }

    after(async () => {
      await desk?.close();
      await nodeRed?.remove();
      await crm?.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    });

    it('takes a signed message and shows it to the agent in every way', async () => {
      const opened = [pageAt('/cti/tab.html'), pageAt('/cti/window.html')];
      const answer = await postWebhook(webhookUrl(), textWebhook(words));
      assert.equal(answer.status, 200);

      await popup(desk.page, title).waitFor();
      const content = popupContent(desk.page, title);
      assert.equal(await content.locator('#text').textContent(), words);
      assert.equal(await content.locator('h1').textContent(), giulia.name);
      assert.equal(await content.locator('#queue').textContent(), 'Sales & Co');
      assert.equal(await content.locator('script, [onerror]').count(), 0);

      await dashboardTab(desk.page, `CRM ${giulia.name}`).waitFor();
      const framed = desk.page.frameLocator(`iframe[src*="/cti/dashboard.html"]`);
      await framed.getByText('/cti/dashboard.html').waitFor();
      for (const page of await Promise.all(opened)) {
        assert.equal(await page.evaluate('window.opener'), null);
      }
    });

    it('gives the CTI pages parameters that decode to the very values', async () => {
      for (const location of ['dashboard', 'tab', 'window']) {
        const { query } = await crm.request(`/cti/${location}.html`);
        assert.deepEqual([...query.keys()], ['CALLID', 'CALLER', 'QUEUE', 'TEXT']);
        assert.match(query.get('CALLID') ?? '', /./);
        assert.equal(query.get('CALLER'), `+${giulia.waId}`);
        assert.equal(query.get('QUEUE'), 'Sales & Co');
        assert.equal(query.get('TEXT'), words);
      }
    });

    it('forwards the event to the CRM', async () => {
      const request = await crm.request('/messages');
      assert.equal(request.method, 'POST');
      assert.equal(request.headers['authorization'], 'Bearer crm-token');
      assert.equal(request.headers['x-queue'], 'Sales & Co');
      assert.equal(request.query.get('source'), 'whatsapp');
      assert.ok(request.headers['idempotency-key']);
      assert.equal(request.headers['webhook-id'], request.headers['idempotency-key']);
      const body = JSON.parse(request.body);
      assert.equal(body.text, words);
      assert.equal(body.calleridname, giulia.name);
      assert.equal(body.event, 'message.incoming');
      assert.equal(body.interaction, 'opened');
    });

    it('runs the script with the event on its input and in its environment', async () => {
      await crm.request('/script-done');
      const kept = await readFile(join(folder, 'notify.cjs.received'), 'utf8');
      const { stdin, env } = JSON.parse(kept);
      assert.equal(env.WA_TEXT, words);
      assert.equal(env.WA_CALLERIDNAME, giulia.name);
      assert.equal(env.HOUSE_SECRET, undefined);
      assert.ok(JSON.stringify(stdin).includes(JSON.stringify(words).slice(1, -1)));
    });

    it('makes a button of every page that the browser blocked', async () => {
      const { page } = desk;
      await page.evaluate('window.popupsBlocked = true');
      await postWebhook(webhookUrl(), textWebhook('Ciao', ahmed));
      const buttons = page.getByRole('button', { name: `Open CRM ${ahmed.name}` });
      await buttons.nth(1).waitFor();
      await page.evaluate('window.popupsBlocked = false');
      const opened = [pageAt('/cti/tab.html'), pageAt('/cti/window.html')];
      await buttons.first().click();
      await buttons.first().click();
      await Promise.all(opened);
      assert.equal(await buttons.count(), 0);
    });

    it('turns the acceptance of an offer into an event', async () => {
      await answerOffer(desk.page, String(giulia.name), 'Accept');
      const { query } = await crm.request('/accepted');
      assert.equal(query.get('event'), 'message.accepted');
      assert.equal(query.get('message'), 'accepted');
      assert.equal(query.get('agent'), agent.username);
      assert.equal(query.get('agentname'), agent.name);
      assert.equal(query.get('calleridname'), giulia.name);
      await offer(desk.page, String(giulia.name)).waitFor({ state: 'detached' });
    });

    it('turns the rejection of an offer into an event', async () => {
      await answerOffer(desk.page, String(ahmed.name), 'Reject');
      const { query } = await crm.request('/rejected');
      assert.equal(query.get('event'), 'message.rejected');
      assert.equal(query.get('agent'), agent.username);
      assert.equal(query.get('calleridname'), ahmed.name);
    });

    it('keeps the second output for what does not meet the conditions', async () => {
      const body = textWebhook('Nothing of note');
      await postWebhook(webhookUrl(), body);
      await postWebhook(webhookUrl(), textWebhook('pacco numero 2'));
      await crm.request('/messages', ({ body }) => body.includes('pacco numero 2'));
      const forwarded = crm.requests.filter(({ path }) => path === '/messages');
      assert.ok(forwarded.every(({ body }) => !body.includes('Nothing of note')));
    });

    it('leaves no complaint in the browser and no secret in the log', () => {
      assert.deepEqual(desk.complaints, []);
      const secrets = [...Object.values(credentials['shop-number']), 'crm-token', agent.password];
      for (const secret of secrets) assert.ok(!nodeRed.log.includes(secret), secret);
    });
  });
}
