import assert from 'node:assert/strict';
import { currentVersion } from '../../nodes/shared/migrations.ts';
import { flagOf } from '../../nodes/shared/flags.editor.ts';
import { savedFlows, writtenByHand } from '../fixtures/saved-flows.ts';
import '../support/e2e.ts';
import { done, flowNode, openEditor, openForm, pressDeploy } from '../support/editor.ts';
import { lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import type { WatchedPage } from '../support/watched-page.ts';

const flow = [...savedFlows.flat(), ...writtenByHand].map((node, row) =>
  'wires' in node ? { ...node, x: 200, y: 40 * row - 200 } : node,
);
const nodes = flow.filter(({ type }) => type !== 'tab');

for (const line of lines) {
  describe(`A flow of every version that forms were saved in, on Node-RED ${line}`, () => {
    let nodeRed: NodeRed;
    let editor: WatchedPage;

    before(async () => {
      nodeRed = await startNodeRed({ line, flows: flow });
      editor = await openEditor(nodeRed.url);
    });
    after(async () => {
      await editor?.close();
      await nodeRed?.remove();
    });

    it('opens in the editor with nothing wrong and nothing changed', async () => {
      const { page } = editor;
      await flowNode(page, 'in').waitFor();
      const found = await page.evaluate(
        (ids) => {
          const { RED } = globalThis as any;
          return ids.map((id: string) => {
            const { valid, validationErrors = [] } = RED.nodes.node(id);
            return `${id}: ${valid ? 'right' : validationErrors.join(', ')}`;
          });
        },
        nodes.map(({ id }) => id),
      );
      assert.deepEqual(
        found,
        nodes.map(({ id }) => `${id}: right`),
      );
      assert.ok(await page.locator('#red-ui-header-button-deploy.disabled').isVisible());
    });

    it('has the ports that the first version did not save', async () => {
      const ports = (id: string) =>
        flowNode(editor.page, id).locator('.red-ui-flow-port-output').count();
      const ids = ['in', 'popup', 'page', 'in-2', 'popup-2', 'page-2'];
      assert.deepEqual(await Promise.all(ids.map(ports)), [2, 2, 1, 2, 1, 2]);
    });

    it('has every form open and close without a change', async () => {
      const { page } = editor;
      for (const { id } of nodes.filter((node) => 'wires' in node)) {
        await openForm(page, id);
        await done(page);
      }
      const changed = await page.evaluate(() => {
        const ids: string[] = [];
        (globalThis as any).RED.nodes.eachNode((node: any) => {
          // To the editor itself, an empty password is always a new one.
          if (node.changed && !node._def.credentials) ids.push(node.id);
        });
        return ids;
      });
      assert.deepEqual(changed, []);
      assert.deepEqual(editor.complaints, []);
    });

    it('keeps what was written by hand as it was written', async () => {
      const now = await editor.page.evaluate(
        (ids) => {
          const { RED } = globalThis as any;
          return ids.map((id: string) => JSON.stringify(RED.nodes.convertNode(RED.nodes.node(id))));
        },
        writtenByHand.map(({ id }) => id),
      );
      for (const [index, written] of writtenByHand.entries()) {
        const kept = JSON.parse(now[index] ?? '');
        for (const [property, value] of Object.entries(written)) {
          if (['x', 'y'].includes(property)) continue;
          // The editor keeps what is selected on the canvas under that name.
          const name = property === 'selected' ? 'selectedVariables' : property;
          assert.deepEqual(kept[name], flagOf(value), `${written.id}: ${property}`);
        }
      }
    });

    it('is saved in the version of today with the next deploy', async () => {
      const { page } = editor;
      await flowNode(page, 'end').locator('rect.red-ui-flow-node').click();
      await page.keyboard.press('ArrowRight');
      await pressDeploy(page);
      const saved = await nodeRed.flows();
      for (const { id, type } of nodes) {
        const now = saved.find((node) => node.id === id);
        assert.equal(now?.['version'], currentVersion(type), id);
      }
      const forward = saved.find(({ id }) => id === 'forward');
      assert.deepEqual(forward?.['selectedVariables'], ['text', 'calleridnum']);
    });
  });
}
