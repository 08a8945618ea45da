import assert from 'node:assert/strict';
import { join } from 'node:path';
import triggerCondition from '../../nodes/trigger-condition/trigger-condition.ts';
import store from '../../nodes/trigger-store/trigger-store.ts';
import account from '../../nodes/whatsapp-account/whatsapp-account.ts';
import whatsappIn from '../../nodes/whatsapp-in/whatsapp-in.ts';
import { houseOf } from '../../nodes/shared/house.ts';
import { setHealth } from '../../nodes/shared/health.ts';
import * as meta from '../fixtures/meta.ts';
import * as sinch from '../fixtures/sinch.ts';
import * as twilio from '../fixtures/twilio.ts';
import {
  deploy,
  type FlowNode,
  nextInput,
  node,
  runtimeApi,
  serveHttpNode,
  useRuntime,
} from '../support/flow.ts';
import { useTempFolder } from '../support/temp-folder.ts';

const registers = [account, whatsappIn, store, triggerCondition];
const longPath = 'a-path-of-more-than-24-characters';

describe('whatsapp-account', () => {
  useRuntime();
  const folder = useTempFolder();

  const flow = (given: object, ...others: readonly FlowNode[]): FlowNode[] => [
    { id: 'tab', type: 'tab', label: 'Test' },
    { id: 'store', type: 'trigger-store', file: join(folder(), 'store.sqlite') },
    { id: 'shop', type: 'whatsapp-account', name: 'Shop', path: 'short', store: 'store', ...given },
    {
      id: 'in',
      type: 'whatsapp-in',
      z: 'tab',
      account: 'shop',
      delivery: true,
      wires: [['seen'], ['judge']],
    },
    { id: 'seen', type: 'helper', z: 'tab', wires: [] },
    {
      id: 'judge',
      type: 'trigger-condition',
      z: 'tab',
      all: [{ field: 'delivery', operator: 'in', value: ['read', 'failed'] }],
      wires: [['told'], ['other']],
    },
    { id: 'told', type: 'helper', z: 'tab', wires: [] },
    { id: 'other', type: 'helper', z: 'tab', wires: [] },
    ...others,
  ];
  const start = (given: object, secrets: Record<string, string> = {}, ...others: FlowNode[]) =>
    deploy(registers, flow(given, ...others), { shop: secrets });

  async function post(
    path: string,
    body: string | Buffer | object,
    headers: Record<string, string | undefined> = {},
  ): Promise<Response> {
    const isText = typeof body === 'string' || Buffer.isBuffer(body);
    const sent = Object.entries({ 'content-type': 'application/json', ...headers });
    return fetch(`${await serveHttpNode()}/whatsapp/${path}`, {
      method: 'POST',
      body: isText ? new Uint8Array(Buffer.from(body)) : JSON.stringify(body),
      headers: sent.filter((pair): pair is [string, string] => pair[1] !== undefined),
    });
  }

  /** What a node itself was called with; the runtime watches all nodes together. */
  function callsOf(id: string, method: 'status' | 'error'): any[] {
    const { args, thisValues } = node(id)[method] as any;
    return args.filter((_: unknown, i: number) => thisValues[i].id === id).flat();
  }

  describe('that cannot be served', () => {
    const paths = { id: 'id', phone: 'from' };
    const refused: readonly [string, object, Record<string, string>, RegExp][] = [
      ['an unknown provider', { provider: 'pigeon' }, {}, /provider/i],
      ['a Meta number without its id', { provider: 'meta' }, {}, /phone number id is missing/],
      [
        'a Twilio sender without the auth token',
        { provider: 'twilio', accountId: '+39021' },
        {},
        /Auth Token/i,
      ],
      [
        'a Sinch app without a webhook secret',
        { provider: 'sinch', accountId: 'app' },
        {},
        /webhook secret/i,
      ],
      [
        'an unsigned provider on a path that may be guessed',
        { provider: '360dialog', accountId: '1' },
        {},
        /24 characters/,
      ],
      ['another one', { provider: 'kaleyra' }, {}, /24 characters/],
      ['a gateway without a mapping', { provider: 'generic', path: longPath }, {}, /mapping/],
      [
        'a gateway with a signature but no secret to check it with',
        {
          provider: 'generic',
          path: longPath,
          mapping: { proof: { kind: 'hmac', header: 'X-Signature' }, paths },
        },
        {},
        /webhook secret/,
      ],
      ['a public URL that is none', { publicUrl: 'ftp://example.com' }, {}, /public URL/],
      ['a password in the API URL', { apiUrl: 'https://me:secret@example.com' }, {}, /API URL/],
      ['a path of several segments', { path: 'a/b' }, {}, /one segment/],
    ];
    for (const [what, given, secrets, reason] of refused) {
      it(`is refused, and its whatsapp-in says why: ${what}`, async () => {
        await start(given, secrets);
        const [error] = callsOf('shop', 'error');
        assert.equal(error.code, 'E_CONFIG');
        assert.match(error.message, reason);
        const [status] = callsOf('in', 'status');
        assert.equal(status.fill, 'red');
        assert.match(status.text, reason);
        assert.equal((await post('short', {})).status, 404);
      });
    }

    it('is refused when two gateways on one path have different mappings', async () => {
      const mapping = { paths: { ...paths, text: 'text', account: 'to' } };
      const base = { provider: 'generic', path: longPath, accountId: '1', mapping };
      const rival = {
        ...base,
        accountId: '2',
        mapping: { paths: { ...mapping.paths, text: 'body' } },
      };
      const alike = { ...base, accountId: '3' };
      await start(
        base,
        {},
        { id: 'rival', type: 'whatsapp-account', store: 'store', ...rival },
        { id: 'alike', type: 'whatsapp-account', store: 'store', ...alike },
      );
      assert.match(callsOf('rival', 'error')[0].message, /same mapping/);
      assert.deepEqual(callsOf('alike', 'error'), []);
    });

    it('is refused when it cannot be told from another one on its path', async () => {
      const base = { provider: 'kaleyra', path: longPath };
      await start(
        base,
        {},
        { id: 'rival', type: 'whatsapp-account', store: 'store', ...base, accountId: '1' },
      );
      assert.match(callsOf('rival', 'error')[0].message, /account ID each/);
    });
  });

  it('takes what Twilio signed for the public URL, and answers in its words', async () => {
    const given = {
      provider: 'twilio',
      accountId: twilio.number,
      publicUrl: twilio.publicUrl,
    };
    await start(given, { authToken: twilio.authToken, accountSid: twilio.accountSid });
    const arrival = nextInput('seen');
    const { headers, body } = twilio.formRequest(twilio.incoming(twilio.text('Dov’è?')));
    const { host: _, ...sent } = headers;
    const answer = await post('short', Buffer.from(body), sent);
    assert.deepEqual([answer.status, await answer.text()], [200, '<Response/>']);
    const { payload } = await arrival;
    assert.deepEqual([payload.message.text, payload.account.provider], ['Dov’è?', 'twilio']);
    const forged = await post('short', Buffer.from('Body=falso'), sent);
    assert.equal(forged.status, 401);
  });

  it('reads any JSON by its mapping, once it has shown the secret', async () => {
    const mapping = {
      each: 'messages',
      proof: { kind: 'header', name: 'X-Gate' },
      paths: { id: 'id', phone: 'from', text: 'body.text', name: 'who' },
    };
    await start({ provider: 'generic', mapping }, { webhookSecret: 'open sesame' });
    const body = {
      messages: [{ id: 'm1', from: '393331234567', who: 'Ada', body: { text: 'Ciao' } }],
    };
    assert.equal((await post('short', body)).status, 401);
    const arrival = nextInput('seen');
    assert.equal((await post('short', body, { 'x-gate': 'open sesame' })).status, 200);
    const { payload } = await arrival;
    assert.equal(payload.message.text, 'Ciao');
    assert.deepEqual([payload.contact.phone, payload.contact.name], ['+393331234567', 'Ada']);
  });

  it('closes an interaction that Sinch has ended, where it is asked to', async () => {
    const given = { provider: 'sinch', accountId: sinch.appId, closeOnProvider: true };
    await start(given, { webhookSecret: sinch.webhookSecret });
    const tell = (event: object) => {
      const now = new Date();
      const fresh = JSON.stringify(event).replaceAll(/2026-[\d-]+T[\d:.]+Z/g, now.toISOString());
      const { headers, body } = sinch.request(fresh, now.getTime());
      return post('short', Buffer.from(body), { ...headers, host: undefined });
    };
    const opened = nextInput('seen');
    assert.equal((await tell(sinch.inbound(sinch.text('Ciao')))).status, 200);
    const { payload } = await opened;
    const closed = nextInput('seen');
    assert.equal((await tell(sinch.stop())).status, 200);
    const { interaction } = (await closed)['payload'];
    assert.deepEqual([interaction.id, interaction.reason], [payload.interaction.id, 'provider']);
  });

  it('sends what became of a message to the second output, where conditions can ask for it', async () => {
    const given = { provider: 'meta', accountId: meta.phoneNumberId };
    await start(given, { appSecret: meta.appSecret, verifyToken: meta.verifyToken });
    const met: unknown[] = [];
    node('told').on('input', ({ payload }: any) => met.push(payload.delivery.status));
    const last = nextInput('other');
    for (const status of ['sent', 'read', 'failed', 'delivered']) {
      const body = meta.webhook([meta.change({ statuses: [meta.status('wamid.1', status)] })]);
      assert.equal((await post('short', body, meta.headers(body))).status, 200);
      if (status === 'sent') assert.equal((await last)['payload'].delivery.status, 'sent');
    }
    await nextInput('other');
    assert.deepEqual(met, ['read', 'failed']);
  });

  it('tells the log and the counters what is for no flow', async () => {
    const given = { provider: 'meta', accountId: meta.phoneNumberId };
    await start(given, { appSecret: meta.appSecret, verifyToken: meta.verifyToken });
    const body = Buffer.from(
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [
          {
            id: '1',
            changes: [{ field: 'account_update', value: { event: 'VERIFIED_ACCOUNT' } }],
          },
        ],
      }),
    );
    assert.equal((await post('short', body, meta.headers(body))).status, 200);
    const { log, meters } = houseOf(runtimeApi());
    const [entry] = log.recent(1);
    assert.ok(entry?.kind === 'webhook' && entry.news.kind === 'notice');
    assert.equal(entry.news.about, 'account_update');
    const notices = meters.families().find(({ name }) => name.endsWith('_notices_total'));
    assert.ok(
      notices?.samples.some(({ labels }) => labels.some(([, value]) => value === 'account_update')),
    );
  });

  it('shows red at its whatsapp-in why it cannot send, until it can again', async () => {
    await start({});
    const showing = (fill: string) =>
      new Promise<any>((resolve) => {
        node('in').on('call:status', ({ args: [status] }: { args: any[] }) => {
          if (status.fill === fill) resolve(status);
        });
      });
    const ill = showing('red');
    setHealth(runtimeApi(), 'shop', 'The access token has expired.');
    assert.match((await ill).text, /cannotSend/);
    const well = showing('grey');
    setHealth(runtimeApi(), 'shop', undefined);
    await well;
  });
});
