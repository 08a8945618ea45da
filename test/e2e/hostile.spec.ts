import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostileTexts } from '../fixtures/hostile.ts';
import { change, message, type Person, text, webhook } from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { logIn, popup, popupContent } from '../support/agents-page.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { type FlowItem, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { openPage, type WatchedPage } from '../support/watched-page.ts';
import { postWebhook } from '../support/webhook.ts';
import { agent, credentials, mainJobFlow } from './main-job-flow.ts';

/** Keeps what it reads, one file a run. */
const script = `
const { text } = require('node:stream/consumers');
text(process.stdin).then((stdin) => {
  const name = JSON.parse(stdin) && process.env.WA_CALLERIDNUM.slice(1);
  require('node:fs').writeFileSync(__dirname + '/' + name + '.json', JSON.stringify(process.env));
});
`;

/** What the receiver lets in: no half of a code point, and no NUL, which no WhatsApp text can hold. */
const received = (value: string) => value.replaceAll('\0', '').toWellFormed();

/** HTML knows one kind of line end. */
const heldByHtml = (value: string) => received(value).replaceAll('\r\n', '\n');

describe('Hostile text in every field', () => {
  let folder: string;
  let crm: Crm;
  let nodeRed: NodeRed;
  let desk: WatchedPage;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-hostile-'));
    const path = join(folder, 'keep.cjs');
    await writeFile(path, script, { mode: 0o755 });
    crm = await startCrm();
    nodeRed = await startNodeRed({
      flows: mainJobFlow(crm, path).map(adapted),
      credentials,
      settings: { whatsappTriggers: { scripts: { folders: [folder] } } },
    });
    desk = await openPage();
    await logIn(desk.page, `${nodeRed.url}/desktop/`, agent.username, agent.password);
  });
  after(async () => {
    await desk?.close();
    await nodeRed?.remove();
    await crm?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  for (const [index, words] of hostileTexts.entries()) {
    it(`passes on exactly: ${JSON.stringify(words).slice(0, 50)}`, async () => {
      const waId = `39333000${1000 + index}`;
      const person: Person = { waId, name: words, username: words };
      const body = webhook([
        change({ messages: [message(text(words), person)], people: [person] }),
      ]);
      const answer = await postWebhook(`${nodeRed.url}/whatsapp/main-job`, body);
      assert.equal(answer.status, 200);

      const caller = `+${waId}`;
      const { body: forwarded } = await crm.request('/messages', (r) => r.body.includes(caller));
      assert.equal(JSON.parse(forwarded).text, received(words));
      const cti = await crm.request(
        '/cti/dashboard.html',
        ({ query }) => query.get('CALLER') === caller,
      );
      assert.equal(cti.query.get('TEXT'), received(words));
      await crm.request('/script-done', ({ query }) => query.get('caller') === caller);

      await popup(desk.page, caller).waitFor();
      const content = popupContent(desk.page, caller);
      assert.equal(await content.locator('#text').textContent(), heldByHtml(words));
      await popup(desk.page, caller)
        .getByRole('button', { name: /^Close/ })
        .click();

      const environment = JSON.parse(await readFile(join(folder, `${waId}.json`), 'utf8'));
      assert.equal(environment.WA_TEXT, received(words));
    });
  }

  it('lets nothing of it act in the browser', async () => {
    assert.doesNotMatch(await desk.page.title(), /hacked/);
    assert.deepEqual(desk.complaints, []);
  });

  it('ran nothing that was in a text', async () => {
    const files = await readdir(folder);
    assert.deepEqual(
      files.filter((file) => !/^(keep\.cjs|\d+\.json)$/.test(file)),
      [],
    );
    assert.doesNotMatch(nodeRed.log, /uncaught|TypeError|RangeError/i);
  });

  /** Popups that tell the caller, and no windows that nobody closes. */
  function adapted(node: FlowItem): FlowItem {
    switch (node.id) {
      case 'a-customer-writes':
        return { ...node, all: [], any: [] };
      case 'show-popup':
        return { ...node, title: '{{calleridnum}}' };
      case 'cti-dashboard':
        return { ...node, wires: [['forward-message']] };
      case 'forward-script':
        return { ...node, url: `${crm.url}/script-done?caller={{calleridnum}}` };
      default:
        return node;
    }
  }
});
