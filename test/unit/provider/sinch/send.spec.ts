import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SinchClient } from '@sinch/sdk-core';
import type { ApiRequest, Outgoing, OutgoingContent } from '../../../../src/provider/sender.ts';
import { sender } from '../../../../src/provider/sinch/sender.ts';
import { account, appId, projectId, secrets } from '../../../fixtures/sinch.ts';

const text: OutgoingContent = { kind: 'text', text: 'Arriviamo à 9:00 👋🏽' };
const template: OutgoingContent = {
  kind: 'template',
  name: 'order_update',
  language: 'it',
  parameters: ['Giulia', '9/9'],
};
const url = 'https://shop.example.com/fattura.pdf';

function build(content: OutgoingContent, to: Outgoing['to'] = { phone: '+393331234567' }) {
  const request = sender.build({ to, content, reference: 'our-name' }, account, 'the-token');
  assert.ok('method' in request, JSON.stringify(request));
  return request;
}

const bodyOf = (request: ApiRequest) => JSON.parse(request.body) as Record<string, unknown>;
const answer = (status: number, body: unknown) => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

interface Seen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe("the Sinch sender asks for the same as Sinch's own library", () => {
  const seen: Seen[] = [];
  let server: Server;
  let origin = '';

  before((done) => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { url: path = '', headers } = request;
        seen.push({ path, headers, body: Buffer.concat(parts).toString() });
        const token = { access_token: 'a.e30.c', expires_in: 3599, token_type: 'bearer' };
        const sent = { message_id: '01AB', accepted_time: '2026-11-22T09:00:00Z' };
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(path.startsWith('/oauth2') ? token : sent));
      });
    }).listen(0, '127.0.0.1', () => {
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });

  after((done) => {
    server.closeAllConnections();
    server.close(() => done());
  });

  async function byLibrary(message: object): Promise<readonly [Seen, Seen]> {
    seen.length = 0;
    const { keyId, keySecret } = secrets;
    const client = new SinchClient({
      projectId,
      keyId,
      keySecret,
      authHostname: origin,
      conversationHostname: origin,
    });
    await client.conversation.messages.send({
      sendMessageRequestBody: {
        app_id: appId,
        recipient: {
          identified_by: {
            channel_identities: [{ channel: 'WHATSAPP', identity: '393331234567' }],
          },
        },
        channel_priority_order: ['WHATSAPP'],
        message_metadata: 'our-name',
        message: message as never,
      },
    });
    const [token, send] = seen;
    assert.ok(token && send);
    return [token, send];
  }

  it('for a token with the access key, then for the send', async () => {
    const [token, send] = await byLibrary({ text_message: { text: text.text } });
    const there = { ...account, apiUrl: origin };
    const exchange = sender.token!.request(there);
    assert.equal(exchange.url, origin + token.path);
    assert.equal(exchange.headers['Authorization'], token.headers.authorization);
    assert.equal(exchange.body, token.body);
    assert.equal(exchange.headers['Content-Type'], token.headers['content-type']);
    const ours = sender.build(
      { to: { phone: '+393331234567' }, content: text, reference: 'our-name' },
      there,
      'a.e30.c',
    );
    assert.ok('method' in ours);
    assert.equal(ours.url, origin + send.path);
    assert.equal(ours.headers['Authorization'], send.headers.authorization);
    assert.deepEqual(JSON.parse(ours.body), JSON.parse(send.body));
  });

  it('for a template and for a file with a caption', async () => {
    const parameters = { 'body[1]text': 'Giulia', 'body[2]text': '9/9' };
    const reference = { template_id: 'order_update', language_code: 'it', parameters };
    const [, sentTemplate] = await byLibrary({
      template_message: { channel_template: { WHATSAPP: reference } },
    });
    assert.deepEqual(bodyOf(build(template)), JSON.parse(sentTemplate.body));
    const file = {
      kind: 'media',
      type: 'document',
      url,
      caption: 'Fattura',
      fileName: 'nº 7.pdf',
    } as const;
    const [, sentFile] = await byLibrary({
      card_message: { title: 'Fattura', media_message: { url, filename_override: 'nº 7.pdf' } },
    });
    assert.deepEqual(bodyOf(build(file)), JSON.parse(sentFile.body));
  });
});

describe('the Sinch sender builds', () => {
  it('for the project in its region, whose default is the US', () => {
    assert.equal(
      build(text).url,
      `https://us.conversation.api.sinch.com/v1/projects/${projectId}/messages:send`,
    );
    const apiUrl = 'https://eu.conversation.api.sinch.com';
    const there = sender.build(
      { to: { userId: 'IT.1' }, content: text, reference: '' },
      { ...account, apiUrl },
      't',
    );
    assert.ok('url' in there && there.url.startsWith(`${apiUrl}/v1/`));
    assert.equal(
      sender.token!.request({ ...account, apiUrl }).url,
      'https://auth.sinch.com/oauth2/token',
    );
  });

  it('to a user id as it is, but to the number where both are known', () => {
    const identity = (to: Outgoing['to']) => JSON.stringify(bodyOf(build(text, to))['recipient']);
    assert.match(identity({ userId: 'IT.134' }), /"IT\.134"/);
    assert.match(identity({ userId: 'IT.134', phone: '+39333' }), /"39333"/);
  });

  it('a file without a caption, and a sound never with one, as media', () => {
    const sound = { kind: 'media', type: 'audio', url, caption: 'x' } as const;
    const plain = { kind: 'media', type: 'image', url, caption: '' } as const;
    for (const content of [sound, plain]) {
      assert.deepEqual(bodyOf(build(content))['message'], { media_message: { url } });
    }
  });

  it('raw JSON with what it does not say itself', () => {
    const body = { message: { list_message: {} }, ttl: '10s', channel_priority_order: ['RCS'] };
    const { app_id, ttl, channel_priority_order, message } = bodyOf(build({ kind: 'raw', body }));
    assert.deepEqual({ app_id, ttl, channel_priority_order, message }, { app_id: appId, ...body });
  });

  it('nothing without a project or a recipient', () => {
    const outgoing = { to: { phone: '+39' }, content: text, reference: '' };
    const projectless = { ...account, secrets: { ...secrets, projectId: '' } };
    const first = sender.build(outgoing, projectless, 't');
    assert.ok('remedy' in first && first.remedy === 'account');
    const second = sender.build({ ...outgoing, to: {} }, account, 't');
    assert.ok('remedy' in second && second.remedy === 'fault');
  });
});

describe('the Sinch sender reads', () => {
  const error = (code: number, status: string, message = 'why') =>
    sender.read(answer(code, { error: { code, status, message, details: [] } }));
  const remedy = (result: ReturnType<typeof error>) =>
    'remedy' in result ? result.remedy : 'unknown' in result ? 'unknown' : 'sent';

  it('the id of a message that was taken', () => {
    assert.deepEqual(sender.read(answer(200, { message_id: '01AB' })), {
      id: '01AB',
      status: 'queued',
    });
  });

  it('what can be done about each refusal', () => {
    assert.deepEqual(
      [
        error(400, 'INVALID_ARGUMENT'),
        error(400, 'FAILED_PRECONDITION', 'OUTSIDE_ALLOWED_SENDING_WINDOW'),
        error(401, 'UNAUTHENTICATED'),
        error(403, 'PERMISSION_DENIED'),
        error(404, 'NOT_FOUND'),
        error(429, 'RESOURCE_EXHAUSTED'),
        error(503, 'UNAVAILABLE'),
        error(501, 'UNIMPLEMENTED'),
      ].map(remedy),
      ['fault', 'window', 'account', 'account', 'account', 'retry', 'retry', 'fault'],
    );
    const wrongRegion = error(404, 'NOT_FOUND');
    assert.ok('text' in wrongRegion && /region/.test(wrongRegion.text));
  });

  it('"may have gone out" where the answer is neither yes nor no', () => {
    const results = [
      sender.read(answer(200, '<html>')),
      sender.read(answer(500, '')),
      sender.read(answer(502, 'Bad gateway')),
      sender.read(answer(504, '')),
    ];
    assert.deepEqual(results.map(remedy), Array<string>(4).fill('unknown'));
  });

  it('a token and for how long, or whose fault it is that there is none', () => {
    const read = sender.token!.read;
    assert.deepEqual(read(answer(200, { access_token: 'x', expires_in: 3599 })), {
      token: 'x',
      expiresIn: 3599,
    });
    const remedies = [401, 429, 503].map((status) => read(answer(status, {})));
    assert.deepEqual(
      remedies.map((refused) => 'remedy' in refused && refused.remedy),
      ['account', 'retry', 'retry'],
    );
  });
});

describe('the Sinch sender checks', () => {
  const app = (more: object) => ({
    id: appId,
    display_name: 'Assistenza',
    channel_credentials: [{ channel: 'WHATSAPP', state: { status: 'ACTIVE' } }],
    processing_mode: 'CONVERSATION',
    ...more,
  });
  const check = (status: number, body: unknown) => sender.readCheck(answer(status, body));

  it('the app of the account, and says what is wrong with it', () => {
    const request = sender.check(account, 't');
    assert.match(request?.url ?? '', new RegExp(`/projects/${projectId}/apps/${appId}$`));
    assert.deepEqual(check(200, app({})), { ok: true, text: 'The app "Assistenza" has WhatsApp.' });
    const wrong = [
      check(200, app({ channel_credentials: [{ channel: 'SMS' }] })),
      check(
        200,
        app({ channel_credentials: [{ channel: 'WHATSAPP', state: { status: 'FAILING' } }] }),
      ),
      check(404, { error: { status: 'NOT_FOUND' } }),
      check(200, '<html>'),
    ];
    const wanted = [/no WhatsApp/, /FAILING/, /app ID/, /not the Conversation API/];
    wrong.forEach(({ ok, text }, i) => {
      assert.equal(ok, false);
      assert.match(text, wanted[i]!);
    });
  });

  it('that in dispatch mode no conversation ends', () => {
    assert.match(check(200, app({ processing_mode: 'DISPATCH' })).text, /dispatch/);
  });

  it("gives the token to Sinch's hosts alone when it fetches a file", () => {
    const source = sender.mediaSource({ type: 'image', url }, account, 't');
    assert.deepEqual(source, {
      url,
      headers: { Authorization: 'Bearer t' },
      hosts: ['*.sinch.com'],
    });
    assert.equal(sender.mediaSource({ type: 'image', id: '1' }, account, 't'), undefined);
  });
});
