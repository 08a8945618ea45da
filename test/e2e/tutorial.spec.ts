import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import '../support/e2e.ts';
import { popup, popupContent } from '../support/agents-page.ts';
import { openEditor } from '../support/editor.ts';
import { lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import {
  type Act,
  addSimulator,
  closeForm,
  fillCondition,
  fillPopup,
  logInAsAgent,
  placeNodes,
  write,
} from '../support/tutorial.ts';
import { openPage, type WatchedPage } from '../support/watched-page.ts';

const customer = "Chiara D'Angelo";
const words = 'Urgent: the box arrived "open" & <b>empty</b>';

for (const line of lines) {
  describe(`The README's tutorial, on Node-RED ${line}`, () => {
    let nodeRed: NodeRed;
    let editor: WatchedPage;
    let desk: WatchedPage;
    let side: Locator;
    let actions = 0;
    const act: Act = (deed) => {
      actions += 1;
      return deed();
    };

    before(async () => {
      nodeRed = await startNodeRed({ line });
      editor = await openEditor(nodeRed.url);
      desk = await openPage();
    });
    after(async () => {
      await editor?.close();
      await desk?.close();
      await nodeRed?.remove();
    });

    it('leads from an empty editor to a popup in at most 25 actions', async () => {
      const { page } = editor;
      const placed = await placeNodes(page, act);
      await fillCondition(page, act, placed.condition);
      await closeForm(page, act);
      await fillPopup(page, act, placed.popup);
      await closeForm(page, act);
      side = await addSimulator(page, act);
      await logInAsAgent(desk.page, act, nodeRed.url);
      await write(side, act, words);

      await popup(desk.page, customer).waitFor();
      assert.equal(await popupContent(desk.page, customer).locator('p').textContent(), words);
      assert.ok(actions <= 25, `It took ${actions} actions.`);
    });

    it('has made a trigger that other messages do not fire', async () => {
      await popup(desk.page, customer)
        .getByRole('button', { name: /^Close/ })
        .click();
      await write(side, act, 'Thank you!');
      const talk = side.getByRole('log', { name: 'Conversation' });
      const bubble = talk.getByRole('listitem').filter({ hasText: 'Thank you!' });
      await bubble.getByRole('button', { name: 'What came of it' }).click();
      const trace = side.getByRole('region', { name: 'What became of an event' });
      await trace.getByText('was: Thank you!', { exact: true }).waitFor();
      assert.equal(await popup(desk.page, customer).count(), 0);
    });

    it('leaves no complaint, in the editor or at the agents’ page', () => {
      assert.deepEqual([...editor.complaints, ...desk.complaints], []);
    });
  });
}
