import assert from 'node:assert/strict';
import Twilio from 'twilio/lib/rest/Twilio.js';
import type {
  ApiRequest,
  Outgoing,
  Refused,
  SendingAccount,
} from '../../../../src/provider/sender.ts';
import { sender } from '../../../../src/provider/twilio/sender.ts';
import { hostileTexts } from '../../../fixtures/hostile.ts';
import * as fixture from '../../../fixtures/twilio.ts';

const { account, accountSid, authToken, publicUrl } = fixture;
const template = `HX${'b'.repeat(32)}`;
const to = { phone: '+393331234567' };
const statusCallback = `${publicUrl}?sendReference=ref-1&sendFrom=390212345678`;

function build(
  content: Outgoing['content'],
  more: Partial<SendingAccount> = {},
  recipient: Outgoing['to'] = to,
): ApiRequest {
  const request = sender.build(
    { to: recipient, content, reference: 'ref-1' },
    { ...account, ...more },
    '',
  );
  assert.ok('url' in request, JSON.stringify(request));
  return request;
}

const fieldsOf = ({ body }: ApiRequest): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(body));

/** What Twilio's own client would put on the wire for a message. */
async function asTheLibrarySends(message: object): Promise<Record<string, unknown>> {
  let sent: Record<string, any> = {};
  const httpClient = {
    request(options: object) {
      sent = options;
      return Promise.resolve({ statusCode: 201, body: { sid: 'SM1', status: 'queued' } });
    },
  };
  const client = new Twilio(accountSid, authToken, { httpClient: httpClient as never });
  await client.messages.create(message as never);
  const credentials = Buffer.from(`${sent['username']}:${sent['password']}`).toString('base64');
  return {
    method: String(sent['method']).toUpperCase(),
    url: sent['uri'],
    authorization: `Basic ${credentials}`,
    fields: Object.fromEntries(
      Object.entries(sent['data'] as object).map(([name, value]) => [name, String(value)]),
    ),
  };
}

async function assertSentAsTheLibrary(request: ApiRequest, message: object): Promise<void> {
  const ours = {
    method: request.method,
    url: request.url,
    authorization: request.headers['Authorization'],
    fields: fieldsOf(request),
  };
  assert.deepEqual(ours, await asTheLibrarySends(message));
  assert.match(request.headers['Content-Type'] ?? '', /^application\/x-www-form-urlencoded/);
}

describe('the Twilio sender builds as the client of Twilio', () => {
  const common = { to: 'whatsapp:+393331234567', from: fixture.sender, statusCallback };

  it('a text', async () => {
    const body = 'À bientôt 👋🏽 2+2=4 & più';
    await assertSentAsTheLibrary(build({ kind: 'text', text: body }), { ...common, body });
  });

  it('a template with its variables', async () => {
    await assertSentAsTheLibrary(
      build({ kind: 'template', name: template, language: 'it', parameters: ['Zoë', '9/9 "x"'] }),
      {
        ...common,
        contentSid: template,
        contentVariables: JSON.stringify({ 1: 'Zoë', 2: '9/9 "x"' }),
      },
    );
  });

  it('a template without variables', async () => {
    await assertSentAsTheLibrary(
      build({ kind: 'template', name: template, language: '', parameters: [] }),
      { ...common, contentSid: template },
    );
  });

  it('a media file with and without a caption', async () => {
    const url = 'https://cdn.example/fattura 7.pdf?a=1&b=è';
    await assertSentAsTheLibrary(
      build({ kind: 'media', type: 'document', url, caption: 'La fattura' }),
      { ...common, mediaUrl: [url], body: 'La fattura' },
    );
    await assertSentAsTheLibrary(build({ kind: 'media', type: 'image', url, caption: '' }), {
      ...common,
      mediaUrl: [url],
    });
  });

  it('its own parameters as they are, with recipient and sender where they are missing', async () => {
    await assertSentAsTheLibrary(
      build({
        kind: 'raw',
        body: {
          ContentSid: template,
          ContentVariables: { name: 'Zoë' },
          ValidityPeriod: 60,
          SmartEncoded: false,
          Unused: null,
        },
      }),
      {
        ...common,
        contentSid: template,
        contentVariables: '{"name":"Zoë"}',
        validityPeriod: 60,
        smartEncoded: false,
      },
    );
  });
});

describe('the Twilio sender', () => {
  it('leaves alone what a raw message names itself', () => {
    const named = fieldsOf(
      build({ kind: 'raw', body: { To: 'whatsapp:+1', From: 'whatsapp:+2', StatusCallback: 'z' } }),
    );
    assert.deepEqual(named, { To: 'whatsapp:+1', From: 'whatsapp:+2', StatusCallback: 'z' });
    const service = build({ kind: 'raw', body: { MessagingServiceSid: 'MG1', Body: 'x' } });
    assert.equal('From' in fieldsOf(service), false);
    const list = build({ kind: 'raw', body: { PersistentAction: ['a', 'b'] } });
    assert.deepEqual(new URLSearchParams(list.body).getAll('PersistentAction'), ['a', 'b']);
  });

  it('sends any text to the letter, as far as a form can hold it', () => {
    for (const text of hostileTexts) {
      assert.equal(fieldsOf(build({ kind: 'text', text }))['Body'], text.toWellFormed());
    }
  });

  it('sends to a user id, and to the phone where it has both', () => {
    const content = { kind: 'text', text: 'x' } as const;
    const hidden = { userId: 'IT.13491208655302741918' };
    assert.equal(fieldsOf(build(content, {}, hidden))['To'], `whatsapp:${hidden.userId}`);
    assert.equal(fieldsOf(build(content, {}, { ...hidden, ...to }))['To'], `whatsapp:${to.phone}`);
  });

  it('asks for statuses at the public URL, keeping its query and what it tells Twilio', () => {
    const content = { kind: 'text', text: 'x' } as const;
    const callback = (url: string) =>
      fieldsOf(build(content, { publicUrl: url }))['StatusCallback'];
    assert.equal(callback(''), undefined);
    assert.equal(
      callback(`${publicUrl}?tenant=7#rc=3&rp=all`),
      `${publicUrl}?tenant=7&sendReference=ref-1&sendFrom=390212345678#rc=3&rp=all`,
    );
  });

  it('uses the API that the account names, with the sender however it was typed', () => {
    const request = build(
      { kind: 'text', text: 'x' },
      { apiUrl: 'http://127.0.0.1:9', apiVersion: 'v26.0', accountId: '39 02 1234-5678' },
    );
    assert.equal(request.url, `http://127.0.0.1:9/2010-04-01/Accounts/${accountSid}/Messages.json`);
    assert.equal(fieldsOf(request)['From'], fixture.sender);
  });

  it('refuses what Twilio could only refuse, in words', () => {
    const refusal = (content: Outgoing['content'], recipient: Outgoing['to'], held = account) =>
      sender.build({ to: recipient, content, reference: 'r' }, held, '') as Refused;
    const text = { kind: 'text', text: 'x' } as const;
    const noToken = { ...account, secrets: { ...account.secrets, authToken: '' } };
    assert.equal(refusal(text, to, noToken).remedy, 'account');
    assert.match(refusal(text, {}).text, /recipient/);
    const byName = {
      kind: 'template',
      name: 'order_ready',
      language: 'it',
      parameters: [],
    } as const;
    assert.match(refusal(byName, to).text, /Content SID/);
  });
});

describe('a media file at Twilio', () => {
  const url = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/MM1/Media/ME1`;
  const source = (media: { url?: string; id?: string }, apiUrl = '') =>
    sender.mediaSource({ type: 'image', ...media }, { ...account, apiUrl }, '');

  it('is fetched with the password of the account, which only Twilio is given', () => {
    const found = source({ url });
    assert.equal(found?.url, url);
    const basic = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
    assert.deepEqual(found?.headers, { Authorization: `Basic ${basic}` });
    assert.deepEqual(found?.hosts, ['*.twilio.com']);
    assert.equal(found?.lookUp, undefined);
  });

  it('may be at the host that the account names', () => {
    assert.ok(source({ url }, 'http://127.0.0.1:9')?.hosts.includes('127.0.0.1:9'));
  });

  it('is nowhere without a web address', () => {
    for (const media of [{}, { id: 'ME1' }, { url: 'file:///etc/passwd' }, { url: 'https://' }]) {
      assert.equal(source(media), undefined);
    }
  });
});
