import assert from 'node:assert/strict';
import { sender } from '../../../../src/provider/kaleyra/sender.ts';
import type { Outgoing, OutgoingContent } from '../../../../src/provider/sender.ts';
import { account, number, secrets, sid, webhookSecret } from '../../../fixtures/kaleyra.ts';

const text: OutgoingContent = { kind: 'text', text: 'Arriviamo à 9:00 & 👋🏽 + "sì"' };
const url = 'https://shop.example.com/fattura.pdf';

function request(content: OutgoingContent, from = account) {
  const to: Outgoing['to'] = { phone: '+393331234567' };
  const built = sender.build({ to, content, reference: 'our-name' }, from, '');
  assert.ok('method' in built, JSON.stringify(built));
  return built;
}

const form = (content: OutgoingContent, from = account) =>
  Object.fromEntries(new URLSearchParams(request(content, from).body));

const answer = (status: number, body: unknown) => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const common = {
  to: '+393331234567',
  from: number,
  channel: 'whatsapp',
  ref: 'our-name',
  callback_url: account.publicUrl,
};

describe('the Kaleyra sender builds', () => {
  it('a text as a form for the account, with the key in its header', () => {
    const { method, url: to, headers } = request(text);
    assert.equal(method, 'POST');
    assert.equal(to, `https://api.kaleyra.io/v1/${sid}/messages`);
    assert.equal(headers['api-key'], secrets.apiKey);
    assert.deepEqual(form(text), {
      ...common,
      type: 'text',
      body: text.kind === 'text' && text.text,
    });
    const eu = { ...account, apiUrl: 'https://api.eu.kaleyra.io' };
    assert.ok(request(text, eu).url.startsWith('https://api.eu.kaleyra.io/v1/'));
  });

  it('a template whose values may hold commas and quotes', () => {
    const parameters = ['Giulia', 'tè, caffè', 'detto "Gigi"'];
    const content = { kind: 'template', name: 'order', language: 'it', parameters } as const;
    const { params = '', template_name, lang_code, type } = form(content);
    assert.deepEqual(
      { template_name, lang_code, type },
      { template_name: 'order', lang_code: 'it', type: 'template' },
    );
    assert.deepEqual(JSON.parse(`[${params}]`), parameters);
  });

  it('a file with its caption, and raw fields over its own', () => {
    const file = { kind: 'media', type: 'document', url, caption: 'Fattura' } as const;
    assert.deepEqual(form(file), { ...common, type: 'media', media_url: url, caption: 'Fattura' });
    const body = { type: 'interactive', to: '+1', interactive: { type: 'list' } };
    const raw = form({ kind: 'raw', body });
    assert.deepEqual(raw, {
      ...common,
      type: 'interactive',
      to: '+1',
      interactive: '{"type":"list"}',
    });
  });

  it('no callback of its own where a secret is wanted that such a callback could not carry', () => {
    const secret = { ...account, secrets: { ...secrets, webhookSecret } };
    assert.equal(form(text, secret)['callback_url'], undefined);
    assert.equal(form(text, { ...account, publicUrl: '' })['callback_url'], undefined);
  });

  it('nothing for a user id or without a key', () => {
    const outgoing = { to: { userId: 'IT.134' }, content: text, reference: '' };
    const first = sender.build(outgoing, account, '');
    assert.ok('remedy' in first && first.remedy === 'fault' && /phone/.test(first.text));
    const keyless = { ...account, secrets: { ...secrets, apiKey: '' } };
    const second = sender.build({ ...outgoing, to: { phone: '+39' } }, keyless, '');
    assert.ok('remedy' in second && second.remedy === 'account');
  });
});

describe('the Kaleyra sender reads', () => {
  const read = (status: number, body: unknown) => sender.read(answer(status, body));
  const remedy = (status: number, body: unknown) => {
    const result = read(status, body);
    return 'remedy' in result ? result.remedy : 'unknown' in result ? 'unknown' : 'sent';
  };

  it('the id by which the statuses will name the message', () => {
    const data = [{ message_id: 'c9e1:0', recipient: '+393331234567' }];
    assert.deepEqual(read(202, { id: 'c9e1', data, error: {} }), {
      id: 'c9e1',
      status: 'accepted',
    });
    assert.deepEqual(read(200, { id: 'c9e1:0' }), { id: 'c9e1', status: 'accepted' });
  });

  it('what can be done about each refusal', () => {
    assert.equal(remedy(401, { code: 'RBC001', message: 'Unauthorised' }), 'account');
    assert.equal(remedy(400, { code: 'E110', message: 'Insufficient balance' }), 'account');
    assert.equal(remedy(200, { id: 'c9e1', data: [], error: { to: 'invalid number' } }), 'fault');
    assert.equal(remedy(400, { error: { to: 'invalid number' } }), 'fault');
    assert.equal(remedy(400, { code: '131047', message: 'Re-engagement message' }), 'window');
    assert.equal(remedy(400, { error: { error: 'More than 24 hours have passed' } }), 'window');
    assert.equal(remedy(429, ''), 'retry');
    assert.equal(remedy(503, ''), 'retry');
    assert.equal(remedy(302, ''), 'account');
    const wrong = read(400, { error: { to: 'invalid number' } });
    assert.ok('text' in wrong && wrong.text === 'Kaleyra: to: invalid number');
  });

  it('"may have gone out" where the answer is neither yes nor no', () => {
    for (const [status, body] of [
      [200, '<html>'],
      [200, {}],
      [500, { code: 'WA500', error: 'x' }],
      [504, ''],
    ] as const) {
      assert.equal(remedy(status, body), 'unknown');
    }
  });
});

describe('the Kaleyra sender checks', () => {
  const check = (status: number, body: unknown) => sender.readCheck(answer(status, body));

  it('with a message to nobody, which is refused for that only if the key is right', () => {
    const asked = sender.check(account, '');
    assert.equal(new URLSearchParams(asked?.body).get('to'), null);
    assert.equal(check(400, { code: 'E13001', error: { to: 'is required' } }).ok, true);
    assert.equal(check(400, { code: 'RBC001', message: 'Incorrect SID or API key' }).ok, false);
    assert.match(check(401, '').text, /key was refused/);
    assert.match(check(404, '<html>').text, /SID and the API URL/);
    assert.equal(check(500, { code: 'WA500', message: 'x' }).ok, false);
    assert.equal(check(200, '<html>').ok, false);
  });

  it('nothing without a key', () => {
    const keyless = { ...account, secrets: { ...secrets, apiKey: '' } };
    assert.equal(sender.check(keyless, ''), undefined);
  });

  it('gives no host its key when it fetches a file', () => {
    assert.deepEqual(sender.mediaSource({ type: 'image', url }, account, ''), {
      url,
      headers: {},
      hosts: [],
    });
  });
});
