import assert from 'node:assert/strict';
import '../support/e2e.ts';
import { logIn, passwordHash, popup, popupContent } from '../support/agents-page.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { type FlowItem, lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { openPage, type WatchedPage } from '../support/watched-page.ts';
import { placed } from './main-job-flow.ts';

const password = 'quattro galli';

function flow(crm: Crm): FlowItem[] {
  return [
    { id: 'tab', type: 'tab', label: 'Simulator' },
    { id: 'demo-number', type: 'whatsapp-account', name: 'Demo', path: 'demo', number: '+39 02 1' },
    {
      id: 'front-desk',
      type: 'agent-desktop',
      path: 'agents',
      agents: [{ username: 'anna', name: 'Anna', role: 'agent' }],
    },
    ...placed([
      {
        id: 'in',
        type: 'whatsapp-in',
        z: 'tab',
        account: 'demo-number',
        delivery: true,
        wires: [['popup', 'event'], ['delivery']],
      },
      {
        id: 'popup',
        type: 'browser-popup',
        z: 'tab',
        desktop: 'front-desk',
        title: '{{event}} from {{calleridname}}',
        content: '<p>{{text}}</p>',
        target: 'all',
        repeat: 'stack',
        wires: [[]],
      },
      ...['event', 'delivery'].map((id) => ({
        id,
        type: 'url-forward',
        z: 'tab',
        url: `${crm.url}/${id}`,
        allow: [crm.host],
        wires: [[]],
      })),
    ]),
  ];
}

for (const line of lines) {
  describe(`The simulator, on Node-RED ${line}`, () => {
    let crm: Crm;
    let nodeRed: NodeRed;
    let desk: WatchedPage;
    let phone: WatchedPage;

    before(async () => {
      crm = await startCrm();
      const passwords = JSON.stringify({ anna: passwordHash(password) });
      nodeRed = await startNodeRed({
        line,
        flows: flow(crm),
        credentials: { 'front-desk': { passwords } },
      });
      desk = await openPage();
      await logIn(desk.page, `${nodeRed.url}/agents/`, 'anna', password);
      phone = await openPage();
      await phone.page.goto(`${nodeRed.url}/whatsapp-triggers/simulator/`);
    });
    after(async () => {
      await phone?.close();
      await desk?.close();
      await nodeRed?.remove();
      await crm?.close();
    });

    async function type(words: string): Promise<void> {
      await phone.page.getByRole('textbox', { name: 'Message' }).fill(words);
      await phone.page.getByRole('button', { name: 'Send', exact: true }).click();
    }

    it('shows the agent what the customer types', async () => {
      const words = 'Dov\'è il mio <b>ordine</b> "9/9"? 📦';
      await phone.page.getByRole('button', { name: "Chiara D'Angelo" }).click();
      await type(words);
      const title = "message.incoming from Chiara D'Angelo";
      await popup(desk.page, title).waitFor();
      assert.equal(await popupContent(desk.page, title).locator('p').textContent(), words);
      const thread = phone.page.getByRole('log', { name: 'Conversation' });
      assert.equal(await thread.getByText(words).count(), 1);
    });

    it('sends a duplicate that becomes no second event', async () => {
      await phone.page.getByRole('button', { name: 'Nomvula Dlamini' }).click();
      await type('only once');
      const thread = phone.page.getByRole('log', { name: 'Conversation' });
      await thread.getByRole('button', { name: 'Send again' }).click();
      await thread.getByText('sent 2 times, told once').waitFor();
      await type('afterwards');
      await crm.request('/event', ({ query }) => query.get('text') === 'afterwards');
      const told = crm.requests.filter(({ query }) => query.get('text') === 'only once');
      assert.equal(told.length, 1);
    });

    it('sends an image with its caption', async () => {
      await phone.page.getByRole('textbox', { name: 'Message' }).fill('the broken part');
      await phone.page.getByRole('button', { name: 'Image', exact: true }).click();
      const { query } = await crm.request(
        '/event',
        (request) => request.query.get('text') === 'the broken part',
      );
      assert.equal(query.get('messagetype'), 'image');
      assert.match(query.get('mimetype') ?? '', /^image\//);
    });

    it('shows a reply from the business phone and tells its delivery status', async () => {
      const { page } = phone;
      await page.getByLabel('Reply from the business phone').fill('It is on its way.');
      await page.getByRole('button', { name: 'Reply', exact: true }).click();
      const thread = page.getByRole('log', { name: 'Conversation' });
      await thread.getByRole('article', { name: 'Business' }).getByText('on its way').waitFor();
      const outgoing = await crm.request(
        '/event',
        ({ query }) => query.get('event') === 'message.outgoing',
      );
      assert.equal(outgoing.query.get('text'), 'It is on its way.');
      const statuses = page.getByRole('group', { name: 'Delivery status of the last reply' });
      await statuses.getByRole('button', { name: 'read' }).click();
      const { query } = await crm.request('/delivery');
      assert.equal(query.get('deliverystatus'), 'read');
    });

    it('leaves no complaint in either browser', () => {
      assert.deepEqual([...phone.complaints, ...desk.complaints], []);
    });
  });
}
