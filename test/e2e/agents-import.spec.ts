import assert from 'node:assert/strict';
import type { Locator, Page, Route } from 'playwright-core';
import '../support/e2e.ts';
import { openEditor } from '../support/editor.ts';
import { lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import type { WatchedPage } from '../support/watched-page.ts';

const desktop = {
  id: 'desktop',
  type: 'agent-desktop',
  path: 'desktop',
  agents: [{ username: 'anna', name: 'Anna', role: 'agent' }],
};

for (const line of lines) {
  describe(`The import of agents, on Node-RED ${line}`, () => {
    let nodeRed: NodeRed;
    let editor: WatchedPage;
    let page: Page;
    let form: Locator;

    before(async () => {
      nodeRed = await startNodeRed({ line, flows: [desktop] });
      editor = await openEditor(nodeRed.url);
      page = editor.page;
      form = page.locator('#node-config-dialog-edit-form');
    });
    after(async () => {
      await editor?.close();
      await nodeRed?.remove();
    });

    it('is dropped where the form is left meanwhile', async () => {
      const [request] = await importAgents('bruno,Bruno,agent,sette pinguini');
      await end('cancel');
      await answer(request, 'late');
      assert.deepEqual(await saved(), { agents: ['anna'], passwords: {} });
    });

    it('says why it failed, also when another password is done after that', async () => {
      const [first, second] = await importAgents('bruno,,,one pinguin\ncarla,,,two pinguins');
      await answer(first);
      await form.getByText('The password could not be hashed').waitFor();
      await answer(second, 'second');
      await form.getByText('The password could not be hashed').waitFor();
      await end('cancel');
    });

    it('comes into the node where the form is saved meanwhile', async () => {
      const [request] = await importAgents('bruno,Bruno,agent,sette pinguini');
      await end('ok');
      await answer(request, 'late');
      await page.waitForFunction(`RED.nodes.node('desktop').agents.length === 2`);
      assert.deepEqual(await saved(), { agents: ['anna', 'bruno'], passwords: { bruno: 'late' } });
      assert.deepEqual(
        editor.complaints.filter((one) => !/500/.test(JSON.stringify(one))),
        [],
      );
    });

    /** Starts an import; what it asks of the server waits to be answered. */
    async function importAgents(table: string): Promise<Route[]> {
      await page.evaluate(`RED.editor.editConfig('', 'agent-desktop', 'desktop')`);
      await form.getByText('Import agents from a table').click();
      await form.getByRole('textbox', { name: 'Table of agents' }).fill(table);
      const asked = Promise.withResolvers<void>();
      const requests: Route[] = [];
      const count = table.split('\n').length;
      await page.unroute('**/agent-desktop/password');
      await page.route('**/agent-desktop/password', (route) => {
        if (requests.push(route) === count) asked.resolve();
      });
      await form.getByRole('button', { name: 'Import', exact: true }).click();
      await asked.promise;
      return requests;
    }

    async function answer(request: Route | undefined, hash?: string): Promise<void> {
      const answered = page.waitForResponse('**/agent-desktop/password');
      await request?.fulfill(hash === undefined ? { status: 500 } : { json: { hash } });
      await answered;
    }

    async function end(button: 'ok' | 'cancel'): Promise<void> {
      await page.locator(`#node-config-dialog-${button}`).click();
      await form.waitFor({ state: 'detached' });
    }

    async function saved(): Promise<unknown> {
      return page.evaluate(`(({ agents, credentials }) => ({
        agents: agents.map(({ username }) => username),
        passwords: JSON.parse(credentials?.passwords || '{}'),
      }))(RED.nodes.node('desktop'))`);
    }
  });
}
