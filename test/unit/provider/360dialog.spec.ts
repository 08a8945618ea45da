import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { dialog360 as provider } from '../../../src/provider/360dialog/360dialog.ts';
import { meta as metaProvider } from '../../../src/provider/meta/meta.ts';
import type { ApiAnswer, Outgoing, SendingAccount } from '../../../src/provider/sender.ts';
import { nodeCrypto } from '../../../src/receiver/crypto.ts';
import * as meta from '../../fixtures/meta.ts';
import * as kinds from '../../fixtures/meta-kinds.ts';
import { metaPost, secretsWith } from '../../support/meta-request.ts';

const longPath = '/whatsapp/0123456789abcdef01234567';
const secret = 'così-segreto-✓';
const plain = { 'content-type': 'application/json' };

const parse = (value: unknown) =>
  provider.parse(metaPost(meta.wire(value), { headers: plain }), {});

describe('a webhook of 360dialog', () => {
  const body = meta.textWebhook('ciao');
  const accepts = (headers: Record<string, string>, url = longPath, webhookSecret = secret) =>
    provider.verify(
      metaPost(body, { headers: { ...plain, ...headers }, url }),
      secretsWith({ webhookSecret }),
      nodeCrypto,
    );

  it('needs a secret or a long random path, and its account is refused without', () => {
    assert.match(provider.refusal(secretsWith(), 'short') ?? '', /secret/);
    assert.equal(provider.refusal(secretsWith({ webhookSecret: 'x' }), 'short'), undefined);
    assert.equal(provider.refusal(secretsWith(), longPath.slice(10)), undefined);
  });

  it('is accepted at a long path where there is no secret, and at no short one', () => {
    assert.equal(accepts({}, longPath, ''), true);
    assert.equal(accepts({}, `${longPath}?x=1`, ''), true);
    assert.equal(accepts({}, `/whatsapp/short?${longPath}`, ''), false);
  });

  it('has to carry the secret where there is one, in a header or as a password', () => {
    const bytes = Buffer.from(secret).toString('latin1');
    const basic = Buffer.from(`anyone:${secret}`).toString('base64');
    assert.equal(accepts({ 'x-webhook-secret': bytes }), true);
    assert.equal(accepts({ authorization: `Basic ${basic}` }), true);
    assert.equal(accepts({}), false);
    assert.equal(accepts({ 'x-webhook-secret': `${bytes} ` }), false);
    assert.equal(accepts({ authorization: `Basic ${basic.slice(0, -4)}` }), false);
  });

  it("or to be signed with it, as a partner's are", () => {
    const hex = createHmac('sha256', secret).update(body).digest('hex');
    assert.equal(accepts({ 'x-360dialog-signature': hex }), true);
    assert.equal(accepts({ 'x-360dialog-signature': `sha256=${hex}` }), true);
    const flipped = hex.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    assert.equal(accepts({ 'x-360dialog-signature': flipped }), false);
  });

  it("says the same as Meta's for every kind", () => {
    for (const { name, body: bytes } of kinds.fixtures) {
      const request = metaPost(bytes);
      assert.deepEqual(provider.parse(request, {}), metaProvider.parse(request, {}), name);
    }
  });

  it("of a partner is one change in an envelope of 360dialog's own", () => {
    const { value } = meta.change({ echoes: [meta.echo(meta.text('dal telefono'))] }) as {
      value: object;
    };
    const wrapped = { id: 'event-1', event: 'smb_message_echoes', data: { id: '215', ...value } };
    const [fact] = parse(wrapped).facts;
    assert.ok(fact?.kind === 'message');
    assert.deepEqual([fact.message.verb, fact.message.text], ['outgoing', 'dal telefono']);
    const history = kinds.changeOf('history', kinds.history, meta.phoneNumberId)['value'];
    const old = parse({ id: 'e', event: 'history', data: history });
    assert.deepEqual([old.facts, old.notices[0]?.about], [[], 'history']);
  });

  it("of the partner's hub is noticed, and of nobody put aside", () => {
    const hub = parse({ id: 'e', event: 'channel_created', data: { status: 'ready' } });
    assert.deepEqual(hub.notices, [{ about: 'channel_created', text: 'status: ready' }]);
    assert.equal(parse({ event: 'x', data: 7 }).problems.length, 1);
  });

  it('is never a handshake', () => {
    const request = metaPost(Buffer.alloc(0), { method: 'GET' });
    assert.equal(provider.handshake(request, secretsWith(), nodeCrypto), undefined);
  });
});

describe('the 360dialog sender', () => {
  const sender = provider.sender!;
  const account: SendingAccount = {
    accountId: '106540352242922',
    number: '',
    apiUrl: '',
    apiVersion: '',
    secrets: secretsWith({ apiKey: 'key-1' }),
    publicUrl: '',
  };
  const hello: Outgoing = {
    to: { phone: '+393331234567' },
    content: { kind: 'text', text: 'Ciao' },
    reference: 'ref-1',
  };
  const answer = (status: number, body: unknown): ApiAnswer => ({
    status,
    headers: {},
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const words = (status: number, message: string): ApiAnswer =>
    answer(status, { meta: { success: false, http_code: status, developer_message: message } });

  it('posts the body of Meta with its own key', () => {
    const request = sender.build(hello, account, '');
    assert.ok('url' in request);
    assert.equal(request.url, 'https://waba-v2.360dialog.io/messages');
    assert.equal(request.headers['D360-API-KEY'], 'key-1');
    const token = { ...account, secrets: secretsWith({ accessToken: 't' }) };
    const meant = metaProvider.sender?.build(hello, token, '');
    assert.ok(meant && 'url' in meant);
    assert.equal(request.body, meant.body);
  });

  it('builds nothing without a key', () => {
    const found = sender.build(hello, { ...account, secrets: secretsWith() }, '');
    assert.ok('remedy' in found && found.remedy === 'account');
  });

  it("understands Meta's errors and those of its own gate", () => {
    const cases = [
      [answer(201, { messages: [{ id: 'wamid.1' }] }), undefined],
      [answer(400, { error: { code: 131047, message: 'x' } }), 'window'],
      [words(401, 'Invalid api_key or token expired'), 'account'],
      [words(400, 'You have exceeded the endpoint rate limit.'), 'retry'],
      [words(400, 'Your WhatsApp for Business API has been disabled.'), 'account'],
      [words(400, 'Could not send message due to lack of payment.'), 'account'],
      [answer(400, { error: 'bad request' }), 'fault'],
      [answer(429, ''), 'retry'],
    ] as const;
    for (const [given, remedy] of cases) {
      const found = sender.read(given);
      assert.equal('remedy' in found ? found.remedy : undefined, remedy, given.body);
    }
    assert.ok('unknown' in sender.read(words(502, 'WhatsApp for Business API not available')));
  });

  it('checks the key and shows which webhook 360dialog calls', () => {
    assert.match(sender.check(account, '')?.url ?? '', /\/v1\/configs\/webhook$/);
    assert.deepEqual(
      sender.readCheck(answer(200, { url: 'https://me:pw@a.example/w?s=1', headers: {} })),
      {
        ok: true,
        text: 'Connected; its webhook is https://a.example/w.',
      },
    );
    assert.match(sender.readCheck(answer(200, {})).text, /no webhook yet/);
    const refused = sender.readCheck(words(401, 'Invalid api_key'));
    assert.deepEqual(refused, { ok: false, text: 'Invalid api_key' });
  });

  it('fetches files through its own gate, since Meta does not know its key', () => {
    const source = sender.mediaSource({ type: 'image', id: '12' }, account, '');
    assert.equal(source?.lookUp?.url, 'https://waba-v2.360dialog.io/12');
    assert.deepEqual(source?.hosts, ['waba-v2.360dialog.io']);
    const url = 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=12&hash=A%2Fb';
    const through = '/whatsapp_business/attachments/?mid=12&hash=A%2Fb';
    const found = answer(200, { url });
    assert.equal(sender.readMediaUrl(found, account), `https://waba-v2.360dialog.io${through}`);
    const fake = { ...account, apiUrl: 'http://127.0.0.1:9' };
    assert.equal(sender.readMediaUrl(found, fake), `http://127.0.0.1:9${through}`);
    assert.equal(
      sender.readMediaUrl(answer(200, { url: 'https://fbsbx.com.evil.example/' }), account),
      'https://fbsbx.com.evil.example/',
    );
  });
});
