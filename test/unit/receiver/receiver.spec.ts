import assert from 'node:assert/strict';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Inbox } from '../../../src/inbox/inbox.ts';
import { meta as provider } from '../../../src/provider/meta/meta.ts';
import type { News } from '../../../src/receiver/news.ts';
import { bodyLimit } from '../../../src/receiver/read-body.ts';
import { receive } from '../../../src/receiver/receiver.ts';
import type { Route } from '../../../src/receiver/route.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import * as meta from '../../fixtures/meta.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { secretsOf } from '../../support/outbox.ts';
import { account } from '../../support/receiving.ts';
import { policy } from '../store/conformance.ts';

describe('the receiver', () => {
  const folder = useTempFolder();
  let server: Server;
  let url: string;
  let inbox: Inbox;
  let news: News[];

  beforeEach(async () => {
    news = [];
    const store = await openEmbeddedStore({ file: join(folder(), 's.sqlite'), retentionDays: 30 });
    inbox = new Inbox({
      store,
      deliver: async () => undefined,
      offersChanged: () => undefined,
      problem: (error) => assert.fail(error),
    });
    const second = { ...policy, account: { ...policy.account, id: 'a2' } };
    const route: Route = {
      path: 'x',
      provider,
      keepRaw: false,
      setting: {},
      accounts: [
        account(meta.phoneNumberId, {
          inbox,
          secrets: secretsOf({ appSecret: meta.appSecret, verifyToken: meta.verifyToken }),
        }),
        account('222', {
          inbox,
          policy: second,
          secrets: secretsOf({ appSecret: 'second', verifyToken: 'second token' }),
        }),
      ],
    };
    server = createServer((request, response) => {
      void receive(request, response, route, (_route, item) => news.push(item));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/whatsapp/x`;
  });

  afterEach(async () => {
    await inbox.stop();
    await inbox.store.close();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  });

  const post = (body: Buffer<ArrayBuffer>, headers = meta.headers(body)) =>
    fetch(url, { method: 'POST', body, headers });

  it('answers 200 with an empty body once every event is on stable storage', async () => {
    const answer = await post(
      meta.webhook(
        [
          meta.change({
            messages: [meta.message(meta.text('uno')), meta.message(meta.text('due'))],
          }),
        ],
        [meta.change({ statuses: [meta.status('wamid.1', 'read')] })],
      ),
    );
    assert.deepEqual([answer.status, await answer.text()], [200, '']);
    assert.equal((await inbox.store.take(0, 10)).length, 3);
  });

  it('answers 200 to a duplicate, whole or in part, and keeps no second event', async () => {
    const [one, two] = [meta.message(meta.text('uno')), meta.message(meta.text('due'))];
    await post(meta.webhook([meta.change({ messages: [one] })]));
    const answer = await post(meta.webhook([meta.change({ messages: [one, two] })]));
    assert.equal(answer.status, 200);
    assert.deepEqual(news.at(-1), {
      kind: 'received',
      account: policy.account.id,
      events: 1,
      duplicates: 1,
    });
  });

  it('gives each event to the account of its number, whichever secret signed', async () => {
    const body = meta.webhook([
      meta.change({ messages: [meta.message(meta.text('per il secondo'))], number: '222' }),
    ]);
    assert.equal((await post(body)).status, 200);
    assert.equal((await inbox.store.take(0, 1))[0]?.event.account.id, 'a2');
  });

  it('answers the handshake of any of its accounts with the challenge as plain text', async () => {
    const answer = await fetch(
      `${url}?hub.mode=subscribe&hub.challenge=1158&hub.verify_token=second+token`,
    );
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), '1158');
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
  });

  it('answers 403 and nothing else to a handshake with a wrong token', async () => {
    const answer = await fetch(`${url}?hub.mode=subscribe&hub.challenge=1158&hub.verify_token=no`);
    assert.deepEqual([answer.status, await answer.text()], [403, '']);
  });

  it('answers 401 and nothing else to a bad or missing signature, and keeps nothing', async () => {
    const body = meta.textWebhook('falso');
    const type = { 'content-type': 'application/json' };
    for (const headers of [
      meta.headers(body, 'no'),
      type,
      { ...type, 'x-hub-signature-256': 'x' },
    ]) {
      const answer = await post(body, headers);
      assert.deepEqual([answer.status, await answer.text()], [401, '']);
    }
    assert.deepEqual(await inbox.store.take(0, 1), []);
    assert.deepEqual(news.at(-1), { kind: 'refused', reason: 'signature' });
  });

  it('keeps a signed but unreadable request in quarantine and answers 200', async () => {
    const answer = await post(Buffer.from('{"entry": 1'));
    assert.equal(answer.status, 200);
    const [kept] = await inbox.store.quarantined(1);
    assert.equal(kept?.body, '{"entry": 1');
    assert.match(kept?.reason ?? '', /no JSON/);
    assert.equal(news.at(-1)?.kind, 'quarantined');
  });

  it('answers 200 and counts an event for a number that no account has', async () => {
    const body = meta.webhook([
      meta.change({ messages: [meta.message(meta.text('?'))], number: '999' }),
    ]);
    assert.equal((await post(body)).status, 200);
    assert.deepEqual(news, [{ kind: 'unknown number', number: '999' }]);
  });

  it('answers 415 to another content type or encoding, 405 to another method', async () => {
    const body = meta.textWebhook('x');
    const signed = meta.headers(body);
    assert.equal((await post(body, { ...signed, 'content-type': 'text/plain' })).status, 415);
    assert.equal((await post(body, { ...signed, 'content-encoding': 'gzip' })).status, 415);
    const put = await fetch(url, { method: 'PUT', body, headers: signed });
    assert.deepEqual([put.status, put.headers.get('allow')], [405, 'GET, POST']);
  });

  it('accepts a body of exactly 4 MiB and answers 413 to one byte more', async () => {
    const padded = (size: number) => {
      const body = meta.textWebhook('x');
      return Buffer.concat([body, Buffer.alloc(size - body.length, ' ')]);
    };
    assert.equal((await post(padded(bodyLimit))).status, 200);
    assert.equal((await post(padded(bodyLimit + 1))).status, 413);
  });

  it('answers 413 to a body without a length as soon as it grows too large', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sender = httpRequest(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': 'x' },
      });
      sender.on('response', (response) => {
        resolve(response.statusCode);
        sender.destroy();
      });
      sender.on('error', reject);
      const piece = Buffer.alloc(256 * 1024, ' ');
      const write = (): void => {
        if (!sender.destroyed) sender.write(piece, write);
      };
      write();
    });
    assert.equal(status, 413);
  });

  it('answers 503 with Retry-After while the store fails', async () => {
    await inbox.store.close();
    const answer = await post(meta.textWebhook('x'));
    assert.equal(answer.status, 503);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    assert.equal(news.at(-1)?.kind, 'failed');
  });

  it('survives a sender that goes away in the middle of the body', async () => {
    await new Promise<void>((resolve) => {
      const sender = httpRequest(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': '100' },
      });
      sender.on('error', () => resolve());
      sender.write('{"entry"', () => sender.destroy(new Error('gone')));
    });
    assert.equal((await post(meta.textWebhook('dopo'))).status, 200);
  });
});
