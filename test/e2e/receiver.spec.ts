import assert from 'node:assert/strict';
import {
  change,
  headers,
  message,
  status,
  text,
  textWebhook,
  verifyToken,
  wamid,
  webhook,
} from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { postWebhook, rawRequest } from '../support/webhook.ts';
import { credentials, receiverFlow, second } from './receiver-flow.ts';

const limit = 4 * 1024 * 1024;

const places = [
  { name: 'with the editor at /', root: '', settings: {} },
  { name: 'with httpNodeRoot /api', root: '/api', settings: { httpNodeRoot: '/api' } },
  {
    name: 'with the editor at /admin',
    root: '',
    settings: { httpAdminRoot: '/admin', httpNodeRoot: '/' },
  },
];

for (const { name, root, settings } of places) {
  describe(`The receiver, ${name}`, () => {
    let crm: Crm;
    let nodeRed: NodeRed;
    let url: string;

    before(async () => {
      crm = await startCrm();
      nodeRed = await startNodeRed({ flows: receiverFlow(crm), credentials, settings });
      url = `${nodeRed.url}${root}/whatsapp/numbers`;
    });
    after(async () => {
      await nodeRed?.remove();
      await crm?.close();
    });

    /** Sends one more message and waits for it: by then every earlier event has come through. */
    async function textsUpToNow(): Promise<string[]> {
      const last = `marker ${wamid()}`;
      assert.equal((await postWebhook(url, textWebhook(last))).status, 200);
      await crm.request('/events', ({ query }) => query.get('text') === last);
      const texts = crm.requests
        .filter(({ path }) => path === '/events')
        .map(({ query }) => query.get('text') ?? '');
      return texts.filter((each) => !each.startsWith('marker'));
    }

    async function assertRefused(answer: Response, code: number): Promise<void> {
      assert.equal(answer.status, code);
      assert.equal(await answer.text(), '');
    }

    it('answers the handshake with the challenge as plain text', async () => {
      const query = new URLSearchParams({
        'hub.mode': 'subscribe',
        'hub.challenge': '1158201444',
        'hub.verify_token': verifyToken,
      });
      const answer = await fetch(`${url}?${query}`);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
      assert.equal(await answer.text(), '1158201444');
    });

    it('answers a handshake with a wrong token 403 and an empty body', async () => {
      const query = 'hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong';
      await assertRefused(await fetch(`${url}?${query}`), 403);
      await assertRefused(await fetch(url), 403);
    });

    it('answers a bad or missing signature 401 and keeps nothing', async () => {
      const body = textWebhook('forged');
      const changed = Buffer.from(body.toString('utf8').replace('forged', 'forgot'));
      const good = headers(body)['x-hub-signature-256'] ?? '';
      const signatures = [undefined, '', 'sha256=', 'sha256=zz', good.slice(0, -1), `${good}0`];
      for (const signature of [...signatures, good.replace('sha256', 'sha1')]) {
        const sent = { headers: { 'x-hub-signature-256': signature } };
        await assertRefused(await postWebhook(url, body, sent), 401);
      }
      await assertRefused(await postWebhook(url, body, { secret: 'wrong' }), 401);
      const kept = { headers: { 'x-hub-signature-256': good } };
      await assertRefused(await postWebhook(url, changed, kept), 401);
      assert.deepEqual(
        (await textsUpToNow()).filter((each) => each.startsWith('forg')),
        [],
      );
    });

    it('takes whatever Meta escapes before signing, and gives the flow the very text', async () => {
      const words = 'perché / 50% <b>a@b</b> 🌻 \u202eالعربية';
      const answer = await postWebhook(url, textWebhook(words));
      assert.equal(answer.status, 200);
      assert.ok((await textsUpToNow()).includes(words));
    });

    it('sends a duplicate once, whole or in part', async () => {
      const [known, fresh] = [wamid(), wamid()];
      const once = message(text('twice'), undefined, known);
      const bodies = [
        webhook([change({ messages: [once] })]),
        webhook([change({ messages: [once] })]),
        webhook([change({ messages: [once, message(text('thrice'), undefined, fresh)] })]),
      ];
      for (const body of bodies) assert.equal((await postWebhook(url, body)).status, 200);
      const texts = await textsUpToNow();
      assert.equal(texts.filter((each) => each === 'twice').length, 1);
      assert.equal(texts.filter((each) => each === 'thrice').length, 1);
    });

    it('gives every message of a request, in order, to the account that its number names', async () => {
      const body = webhook(
        [
          change({
            messages: [message(text('to the first, 1')), message(text('to the first, 2'))],
          }),
        ],
        [change({ messages: [message(text('to the second'))], number: second.id })],
      );
      const answer = await postWebhook(url, body, { secret: second.secret });
      assert.equal(answer.status, 200);
      const { query } = await crm.request(
        '/events',
        (r) => r.query.get('text') === 'to the second',
      );
      assert.equal(query.get('account'), 'Second');
      const first = (await textsUpToNow()).filter((each) => each.startsWith('to the first'));
      assert.deepEqual(first, ['to the first, 1', 'to the first, 2']);
    });

    it('sends a delivery status to the output for deliveries', async () => {
      const id = wamid();
      const failed = status(id, 'failed', { error: { code: 131026, title: 'Undeliverable' } });
      assert.equal((await postWebhook(url, webhook([change({ statuses: [failed] })]))).status, 200);
      const { query } = await crm.request('/deliveries');
      assert.equal(query.get('deliverystatus'), 'failed');
      assert.equal(query.get('errorcode'), '131026');
    });

    it('answers 200 to what is signed but unreadable, or for an unknown number', async () => {
      const bodies = [
        Buffer.from('{"object":'),
        Buffer.from(''),
        Buffer.from('null'),
        Buffer.from('['.repeat(100_000)),
        webhook([change({ messages: [message(text('lost'))], number: '5' })]),
      ];
      for (const body of bodies) assert.equal((await postWebhook(url, body)).status, 200);
      assert.ok(!(await textsUpToNow()).includes('lost'));
    });

    it('takes a body of 4 MiB and answers 413 to one byte more, with a length or without', async () => {
      const json = textWebhook('as big as it gets');
      const exact = Buffer.concat([json, Buffer.alloc(limit - json.length, ' ')]);
      assert.equal((await postWebhook(url, exact)).status, 200);
      assert.ok((await textsUpToNow()).includes('as big as it gets'));
      const over = Buffer.concat([exact, Buffer.from(' ')]);
      const sized = { ...headers(over), 'content-length': String(over.length) };
      const pieces = Array.from({ length: 65 }, (_, i) =>
        over.subarray(i * 65_536, (i + 1) * 65_536),
      );
      for (const sent of [sized, headers(over)]) {
        const answer = await rawRequest(url, { method: 'POST', headers: sent }, pieces);
        assert.equal(answer.status, 413);
        assert.equal(answer.body, '');
      }
    });

    it('answers 415 to an encoded body and to another content type', async () => {
      const body = textWebhook('encoded');
      for (const added of [
        { 'content-encoding': 'gzip' },
        { 'content-type': 'text/plain' },
        { 'content-type': 'application/x-www-form-urlencoded' },
        { 'content-type': undefined },
      ]) {
        await assertRefused(await postWebhook(url, body, { headers: added }), 415);
      }
      const plain = {
        'content-encoding': 'identity',
        'content-type': 'application/json; charset=utf-8',
      };
      assert.equal((await postWebhook(url, body, { headers: plain })).status, 200);
    });

    it('answers 404 to an unknown path and 405 to a wrong method', async () => {
      const body = textWebhook('elsewhere');
      for (const path of ['nobody', 'numbers/more', 'numbers%00', '%', '__proto__']) {
        const answer = await postWebhook(url.replace(/numbers$/, path), body);
        assert.equal(answer.status, 404, path);
      }
      for (const method of ['PUT', 'DELETE', 'PATCH']) {
        const answer = await rawRequest(url, { method, headers: headers(body) }, [body]);
        assert.equal(answer.status, 405, method);
        assert.match(String(answer.headers['allow']), /POST/);
      }
      assert.ok(!(await textsUpToNow()).includes('elsewhere'));
    });
  });
}
