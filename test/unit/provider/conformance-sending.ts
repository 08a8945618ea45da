import assert from 'node:assert/strict';
import fc from 'fast-check';
import { secretNames } from '../../../src/provider/provider.ts';
import type {
  ApiAnswer,
  ApiRequest,
  OutgoingContent,
  Recipient,
  Refused,
  Sender,
  SendingAccount,
} from '../../../src/provider/sender.ts';
import { hostileTexts } from '../../fixtures/hostile.ts';

const remedies: ReadonlySet<string> = new Set(['retry', 'contact', 'fault', 'window', 'account']);
const giulia: Recipient = { phone: '+393331234567' };
const hidden: Recipient = { userId: 'IT.13491208655302741918' };
const url = 'https://files.example.com/a%20b.jpg?x=1&y=2';

/** Ids of accounts are no secrets and may stand in an address; keys and tokens never do. */
const secret = secretNames.filter((name) => !/Sid$|^projectId$|^keyId$/.test(name));

const contents: readonly OutgoingContent[] = [
  { kind: 'text', text: 'È partito 📦' },
  { kind: 'text', text: 'Sì', replyTo: 'wamid.Q' },
  { kind: 'template', name: 'order_sent', language: 'it', parameters: ['Zoë', '9/9', ''] },
  { kind: 'media', type: 'image', url, caption: 'il guasto' },
  { kind: 'media', type: 'document', url, caption: '', fileName: 'fattura nº 7.pdf' },
  { kind: 'raw', body: { type: 'text', text: { body: 'raw' } } },
];

/** What every adapter promises about what it sends. */
export function sends(sender: Sender, accountId: string): void {
  const account: SendingAccount = {
    accountId,
    number: '+39 02 1234-5678',
    apiUrl: 'https://api.example.com/base',
    apiVersion: '',
    secrets: Object.fromEntries(
      secretNames.map((name) => [name, `canary-${name}`]),
    ) as SendingAccount['secrets'],
    publicUrl: 'https://contact.example.com/whatsapp/x',
  };
  const build = (content: OutgoingContent, to = giulia, at = account): ApiRequest | Refused =>
    sender.build({ to, content, reference: 'our-name' }, at, 'canary-token');

  it('asks its own interface for each kind of message, or says what it cannot do', () => {
    for (const content of contents) {
      for (const to of [giulia, hidden]) {
        const built = build(content, to);
        if ('remedy' in built) assertRefused(built);
        else assertRequest(built);
      }
    }
    assert.ok('url' in build(contents[0]!), 'a text to a phone number always goes');
  });

  it('keeps keys and tokens out of the address', () => {
    for (const content of contents) {
      const built = build(content);
      if ('remedy' in built) continue;
      for (const name of [...secret, 'token']) assert.ok(!built.url.includes(`canary-${name}`));
    }
  });

  it('says that the account is not complete instead of sending without its keys', () => {
    const names = secretNames.map((name) => [name, ''] as const);
    const secrets = Object.fromEntries(names) as SendingAccount['secrets'];
    const built = sender.build(
      { to: giulia, content: contents[0]!, reference: 'our-name' },
      { ...account, secrets },
      '',
    );
    const exchange = sender.token?.request({ ...account, secrets });
    if ('remedy' in built) assert.equal(built.remedy, 'account');
    else assert.ok(exchange !== undefined || built.url.includes('.invalid'), built.url);
  });

  it('takes any text wherever one may stand, and never throws', () => {
    for (const text of ['', ...hostileTexts]) {
      const filled: readonly OutgoingContent[] = [
        { kind: 'text', text, replyTo: text },
        { kind: 'template', name: text, language: text, parameters: [text] },
        { kind: 'media', type: 'image', url: text, caption: text, fileName: text },
        { kind: 'raw', body: { [text]: text, type: text } },
      ];
      const recipients = [giulia, { phone: text }, { userId: text }, {}];
      for (const content of filled) {
        for (const to of recipients) {
          for (const at of [account, { ...account, accountId: text, apiVersion: text }]) {
            const built = build(content, to, at);
            if ('remedy' in built) assertRefused(built);
            else assertRequest(built);
          }
        }
      }
    }
  });

  it('reads any answer without a throw, and only a success as one', () => {
    fc.assert(fc.property(anyAnswer(), (answer) => assertResult(sender, answer)));
    for (const status of [200, 201, 204, 301, 400, 404, 500, 502, 503]) {
      for (const body of ['', '<html>', 'null', '[]', '{}', '{"error":null}', '{"id":1}']) {
        assertResult(sender, { status, headers: {}, body });
      }
    }
  });

  it('never tries again what may have gone out, and waits where it is asked to', () => {
    const answered = (status: number): ReturnType<Sender['read']> =>
      sender.read({ status, headers: {}, body: '' });
    for (const status of [500, 502, 504]) assert.ok('unknown' in answered(status), `${status}`);
    const busy = answered(429);
    assert.ok('remedy' in busy && ['retry', 'contact'].includes(busy.remedy));
    const locked = answered(401);
    assert.ok('remedy' in locked && locked.remedy === 'account');
  });

  it('can say whether the account works, of any answer, in words', () => {
    const asked = sender.check(account, 'canary-token');
    if (asked) assertRequest(asked);
    fc.assert(
      fc.property(anyAnswer(), (answer) => {
        const { ok, text } = sender.readCheck(answer);
        assert.notEqual(text, '');
        // A provider without anything to ask is asked for what it has to refuse, which is a 4xx.
        const { status } = answer;
        const isNo = status === 401 || status === 403 || status >= 500;
        assert.ok(!ok || !isNo, `${status} ${text}`);
      }),
    );
  });

  it('gives its keys to no host that is not named, nor to all', () => {
    for (const media of [
      { type: 'image', id: '17' },
      { type: 'image', url },
      { type: 'image', id: '../../x?y#z', url: 'javascript:alert(1)' },
      { type: 'image' },
    ]) {
      const source = sender.mediaSource(media, account, 'canary-token');
      if (!source) continue;
      if (source.lookUp) assertRequest(source.lookUp);
      if (Object.keys(source.headers).length > 0) assert.notEqual(source.hosts.length, 0);
      for (const host of source.hosts) assert.match(host, /^(\*\.)?[\w-]+(\.[\w-]+)+(:\d+)?$/);
    }
    fc.assert(
      fc.property(anyAnswer(), (answer) => {
        assert.notEqual(typeof sender.readMediaUrl(answer, account), 'object');
      }),
    );
  });
}

function anyAnswer(): fc.Arbitrary<ApiAnswer> {
  const key = fc.constantFrom('error', 'messages', 'id', 'code', 'message_id', 'sid', '__proto__');
  const body = fc.oneof(fc.object({ key, maxDepth: 3 }), fc.jsonValue());
  return fc.record({
    status: fc.integer({ min: 100, max: 599 }),
    headers: fc.constant({}),
    body: fc.oneof(
      fc.string(),
      body.map((value) => JSON.stringify(value) ?? ''),
    ),
  });
}

function assertResult(sender: Sender, answer: ApiAnswer): void {
  const result = sender.read(answer);
  if ('remedy' in result) return assertRefused(result);
  if ('unknown' in result) return assert.notEqual(result.unknown, '');
  assert.ok(answer.status >= 200 && answer.status < 300, JSON.stringify({ answer, result }));
  assert.ok(typeof result.id === 'string' && result.id !== '');
  assert.equal(typeof result.status, 'string');
}

function assertRefused({ remedy, code, text }: Refused): void {
  assert.ok(remedies.has(remedy));
  assert.equal(typeof code, 'string');
  assert.notEqual(text.trim(), '');
  assert.ok(!text.includes('canary-'), text);
}

function assertRequest({ method, url, headers, body }: ApiRequest): void {
  const parsed = new URL(url);
  assert.equal(parsed.protocol, 'https:');
  assert.match(parsed.host, /^(api\.example\.com|.*\.invalid)$/);
  if (method === 'GET') assert.equal(body, '');
  // Headers that throws on anything that HTTP would not carry.
  assert.ok(new Headers({ ...headers }));
}
