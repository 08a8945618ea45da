import assert from 'node:assert/strict';
import { change, message, text, textWebhook, wamid, webhook } from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { postWebhook } from '../support/webhook.ts';
import { credentials, receiverFlow, refusedAccounts } from './receiver-flow.ts';

for (const line of lines) {
  describe(`The receiver across restarts, on Node-RED ${line}`, () => {
    let crm: Crm;
    let nodeRed: NodeRed;

    before(async () => {
      crm = await startCrm();
      nodeRed = await startNodeRed({ line, flows: receiverFlow(crm), credentials });
    });
    after(async () => {
      await nodeRed?.remove();
      await crm?.close();
    });

    async function send(words: string, id = wamid()): Promise<URLSearchParams> {
      const body = webhook([change({ messages: [message(text(words), undefined, id)] })]);
      const answer = await postWebhook(`${nodeRed.url}/whatsapp/numbers`, body);
      assert.equal(answer.status, 200);
      return (await crm.request('/events', ({ query }) => query.get('text') === words)).query;
    }

    it('keeps an interaction open and does not open it again', async () => {
      const id = wamid();
      const opened = await send('before', id);
      assert.equal(opened.get('interaction'), 'opened');

      await nodeRed.stop();
      await nodeRed.start();
      const after = await send('after a restart');
      assert.equal(after.get('interaction') ?? '', '');
      assert.equal(after.get('uniqueid'), opened.get('uniqueid'));

      await nodeRed.kill();
      await nodeRed.start();
      await postWebhook(`${nodeRed.url}/whatsapp/numbers`, textWebhook('before', undefined, id));
      const afterCrash = await send('after a crash');
      assert.equal(afterCrash.get('interaction') ?? '', '');
      assert.equal(afterCrash.get('uniqueid'), opened.get('uniqueid'));
      // What was in flight at the crash may come again: as the same event, with the same key.
      const sent = crm.requests.filter(({ query }) => query.get('text') === 'before');
      assert.equal(new Set(sent.map(({ query }) => query.get('eventid'))).size, 1);
      assert.equal(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size, 1);
    });

    it('refuses two providers on one path and a path that is none, and serves the rest', async () => {
      const from = nodeRed.log.length;
      await nodeRed.deploy([...(await nodeRed.flows()), ...refusedAccounts]);
      const log = nodeRed.log.slice(from);
      assert.match(log, /\[whatsapp-account:Clash\].*E_CONFIG/);
      assert.match(log, /\[whatsapp-account:Odd\].*E_CONFIG/);
      await send('the rest is served');
    });
  });
}

describe('The receiver, where Node-RED serves no pages of nodes', () => {
  it('says at start that httpNodeRoot is off, and Node-RED runs on', async () => {
    const crm = await startCrm();
    const nodeRed = await startNodeRed({
      flows: receiverFlow(crm),
      credentials,
      settings: { httpNodeRoot: false },
    });
    assert.match(nodeRed.log, /E_CONFIG.*httpNodeRoot/);
    assert.ok((await nodeRed.flows()).length > 0);
    await nodeRed.remove();
    await crm.close();
  });
});

describe('The receiver, where the pages of nodes ask for a password', () => {
  it('is not locked to the provider, and neither opened to others', async () => {
    const crm = await startCrm();
    const nodeRed = await startNodeRed({
      flows: receiverFlow(crm),
      credentials,
      // bcrypt of "password", the example of Node-RED's documentation.
      settings: {
        httpAdminRoot: '/admin',
        httpNodeAuth: {
          user: 'user',
          pass: '$2a$08$zZWtXTja0fB1pzD4sHCMyOCMYz2Z6dNbM6tl8sJogENOMcxWV9DN.',
        },
      },
    });
    const url = `${nodeRed.url}/whatsapp/numbers`;
    assert.equal((await postWebhook(url, textWebhook('let in'))).status, 200);
    await crm.request('/events', ({ query }) => query.get('text') === 'let in');
    const forged = await postWebhook(url, textWebhook('forged'), { secret: 'wrong' });
    assert.equal(forged.status, 401);
    assert.equal(forged.headers.get('www-authenticate'), null);
    assert.equal((await fetch(`${nodeRed.url}/another/page`)).status, 401);
    await nodeRed.remove();
    await crm.close();
  });
});
