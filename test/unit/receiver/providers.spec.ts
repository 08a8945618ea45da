import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Inbox } from '../../../src/inbox/inbox.ts';
import type { Parsed, Provider, WebhookRequest } from '../../../src/provider/provider.ts';
import type { News } from '../../../src/receiver/news.ts';
import { receive } from '../../../src/receiver/receiver.ts';
import type { ReceivingAccount, Route } from '../../../src/receiver/route.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { secretsOf } from '../../support/outbox.ts';
import { account } from '../../support/receiving.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { policy } from '../store/conformance.ts';

/**
 * A protocol as small as the interface allows: `?key=` is the secret, or the whole public URL; what the
 * request is to become is in the query or the body, as JSON.
 */
const adapter: Provider = {
  name: 'small',
  contentTypes: ['application/json'],
  takesGet: true,
  refusal: () => undefined,
  handshake: () => undefined,
  verify: ({ url, publicUrl }, { webhookSecret }) =>
    [publicUrl, webhookSecret].includes(queryOf(url).get('key') ?? 'none'),
  parse: (request, { mapping }) => {
    seen.push(request);
    const body = new TextDecoder().decode(request.body);
    const parsed = JSON.parse(body || (queryOf(request.url).get('parsed') ?? '')) as Parsed;
    return mapping ? { ...parsed, problems: [{ reason: mapping.each }] } : parsed;
  },
  acknowledgement: { status: 200, contentType: 'text/xml', body: '<Response/>' },
};

const queryOf = (url: string): URLSearchParams => new URL(url, 'http://x').searchParams;
const seen: WebhookRequest[] = [];

const contact = { phone: '+393331234567' };
let serial = 0;
const message = (accountId: string) => ({
  kind: 'message',
  accountId,
  dedupeKey: `message:${++serial}`,
  contact,
  message: { id: `m${serial}`, verb: 'incoming', type: 'text', text: 'Ciao', media: [] },
});
const parsed = (more: object): Parsed => ({ facts: [], problems: [], notices: [], ...more });

describe('the receiver, with any adapter', () => {
  const folder = useTempFolder();
  let server: Server;
  let url: string;
  let inbox: Inbox;
  let news: News[];

  beforeEach(async () => {
    news = [];
    seen.length = 0;
    const store = await openEmbeddedStore({ file: join(folder(), 's.sqlite'), retentionDays: 30 });
    inbox = new Inbox({
      store,
      deliver: async () => undefined,
      offersChanged: () => undefined,
      problem: (error) => assert.fail(error),
    });
  });
  afterEach(async () => {
    await inbox.stop();
    await inbox.store.close();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  });

  async function serve(accounts: readonly ReceivingAccount[], more: Partial<Route> = {}) {
    const route: Route = {
      path: 'x',
      provider: adapter,
      setting: {},
      accounts,
      keepRaw: false,
      ...more,
    };
    server = createServer((request, response) => {
      void receive(request, response, route, (_route, item) => news.push(item));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/whatsapp/x`;
  }
  const first = (more: Partial<ReceivingAccount> = {}) =>
    account('1', { inbox, secrets: secretsOf({ webhookSecret: 'k1' }), ...more });

  const post = (body: Parsed, key = 'k1') =>
    fetch(`${url}?key=${encodeURIComponent(key)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const kept = async () => (await inbox.store.take(0, 100)).map(({ event }) => event.name);

  it('answers in the words of the provider once the event is kept', async () => {
    await serve([first()]);
    const answer = await post(parsed({ facts: [message('1')] }));
    assert.deepEqual([answer.status, await answer.text()], [200, '<Response/>']);
    assert.equal(answer.headers.get('content-type'), 'text/xml');
    assert.deepEqual(await kept(), ['message.incoming']);
  });

  it('takes an event that comes as a GET, and refuses one without the secret with 401', async () => {
    await serve([first()]);
    const query = encodeURIComponent(JSON.stringify(parsed({ facts: [message('1')] })));
    assert.equal((await fetch(`${url}?key=no&parsed=${query}`)).status, 401);
    assert.equal((await fetch(`${url}?key=k1&parsed=${query}`)).status, 200);
    assert.deepEqual(await kept(), ['message.incoming']);
  });

  it('takes a GET for a handshake only where the provider sends no events so', async () => {
    await serve([first()], { provider: { ...adapter, takesGet: false } });
    assert.equal((await fetch(`${url}?key=k1`)).status, 403);
    assert.deepEqual(news, [{ kind: 'refused', reason: 'token' }]);
  });

  it('keeps the query of a GET that could not be read', async () => {
    await serve([first()]);
    const query = `key=k1&parsed=${encodeURIComponent(JSON.stringify(parsed({ problems: [{ reason: 'unclear' }] })))}`;
    assert.equal((await fetch(`${url}?${query}`)).status, 200);
    const [entry] = await inbox.store.quarantined(1);
    assert.deepEqual([entry?.body, entry?.reason], [query, 'unclear']);
  });

  it("verifies with each account's own public URL, and reads with the one that fits", async () => {
    const second = account('2', {
      inbox,
      publicUrl: 'https://b.example.com/w',
      policy: { ...policy, account: { ...policy.account, id: 'a2' } },
    });
    await serve([first({ publicUrl: 'https://a.example.com/w' }), second]);
    assert.equal((await post(parsed({}), 'https://b.example.com/w')).status, 200);
    assert.equal(seen[0]?.publicUrl, 'https://b.example.com/w');
    assert.equal((await post(parsed({}), 'https://c.example.com/w')).status, 401);
  });

  it('sets aside in the name of the account whose secret it was', async () => {
    const second = account('2', {
      inbox,
      secrets: secretsOf({ webhookSecret: 'k2' }),
      policy: { ...policy, account: { ...policy.account, id: 'a2' } },
    });
    await serve([first(), second]);
    await post(parsed({ problems: [{ reason: 'unclear' }] }), 'k2');
    assert.equal((await inbox.store.quarantined(1))[0]?.accountId, 'a2');
  });

  it("hands the accounts' mapping to the adapter", async () => {
    const mapping = {
      each: 'messages',
      proof: { kind: 'header', name: 'x' },
      paths: {},
      statuses: {},
      outgoing: [],
    } as const;
    await serve([first()], { setting: { mapping } });
    await post(parsed({}));
    assert.deepEqual(news, [{ kind: 'quarantined', reason: 'messages' }]);
  });

  it('gives what names no number to the account of the path, if there is one only', async () => {
    await serve([first()]);
    await post(parsed({ facts: [message('')] }));
    assert.deepEqual(await kept(), ['message.incoming']);
  });

  it('gives everything to an account without an ID, which has its path for itself', async () => {
    await serve([first({ accountId: '' })]);
    await post(parsed({ facts: [message('whoever')] }));
    assert.deepEqual(await kept(), ['message.incoming']);
  });

  it('gives what names no number to none of several', async () => {
    await serve([first(), account('2', { inbox })]);
    assert.equal((await post(parsed({ facts: [message('')] }))).status, 200);
    assert.deepEqual(news, [{ kind: 'unknown number', number: '' }]);
    assert.deepEqual(await kept(), []);
  });

  it('closes an interaction that the provider ended only where the account asks for it', async () => {
    const end = () => ({ kind: 'end', accountId: '1', dedupeKey: `end:${++serial}`, contact });
    await serve([first()]);
    await post(parsed({ facts: [message('1'), end()] }));
    assert.deepEqual(await kept(), ['message.incoming']);
    server.close();
    await serve([first({ closeOnProvider: true })]);
    await post(parsed({ facts: [end()] }));
    assert.deepEqual((await kept()).at(-1), 'interaction.closed');
  });

  it('tells notices once for each kind, with how many there were', async () => {
    await serve([first()]);
    const notice = (about: string, accountId?: string) => ({ about, accountId, text: about });
    const notices = [notice('history', '1'), notice('history', '1'), notice('account', '9')];
    assert.equal((await post(parsed({ notices }))).status, 200);
    const told = { kind: 'notice', account: policy.account.id };
    assert.deepEqual(news, [
      { ...told, about: 'history', text: 'history', count: 2 },
      { ...told, account: '', about: 'account', text: 'account', count: 1 },
    ]);
    assert.deepEqual(await kept(), []);
  });

  it('tells nothing of a fact that is no event', async () => {
    await serve([first()]);
    const call = { kind: 'call', accountId: '1', dedupeKey: 'call:1', contact };
    assert.equal((await post(parsed({ facts: [call] }))).status, 200);
    assert.deepEqual(news, []);
  });
});
