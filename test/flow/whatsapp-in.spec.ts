import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, NodeAPI } from 'node-red';
import account from '../../nodes/whatsapp-account/whatsapp-account.ts';
import whatsappIn from '../../nodes/whatsapp-in/whatsapp-in.ts';
import store from '../../nodes/trigger-store/trigger-store.ts';
import * as meta from '../fixtures/meta.ts';
import {
  deploy,
  type FlowNode,
  nextInput,
  node,
  redeploy,
  serveHttpNode,
  type TestMessage,
  useRuntime,
} from '../support/flow.ts';

const registers = [account, whatsappIn, store];
const credentials = {
  shop: { appSecret: meta.appSecret, verifyToken: meta.verifyToken },
  other: { appSecret: 'another secret' },
};

describe('whatsapp-in', () => {
  useRuntime();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whatsapp-in-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const shop = (more: object = {}): FlowNode => ({
    id: 'shop',
    type: 'whatsapp-account',
    name: 'Shop Milano',
    key: 'SHOP',
    provider: 'meta',
    accountId: meta.phoneNumberId,
    number: '+39 02 12345678',
    path: 'a-long-random-path',
    store: 'store',
    ...more,
  });
  const flow = (more: object = {}, ...others: readonly FlowNode[]): FlowNode[] => [
    { id: 'tab', type: 'tab', label: 'Test' },
    { id: 'store', type: 'trigger-store', file: join(folder, 'store.sqlite') },
    shop(),
    {
      id: 'in',
      type: 'whatsapp-in',
      z: 'tab',
      account: 'shop',
      wires: [['seen'], ['told']],
      ...more,
    },
    { id: 'seen', type: 'helper', z: 'tab', wires: [] },
    { id: 'told', type: 'helper', z: 'tab', wires: [] },
    ...others,
  ];

  async function post(
    body: Buffer<ArrayBuffer>,
    options: { readonly secret?: string } = {},
  ): Promise<Response> {
    const url = `${await serveHttpNode()}/whatsapp/a-long-random-path`;
    return fetch(url, { method: 'POST', body, headers: meta.headers(body, options.secret) });
  }

  it('sends the event of a signed message with its standard variables', async () => {
    await deploy(registers, flow(), credentials);
    const arrival = nextInput('seen');
    const id = meta.wamid();
    const answer = await post(meta.textWebhook('Perché non è «arrivato»? 🌧', meta.giulia, id));
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), '');
    const { topic, payload, variables } = await arrival;
    assert.equal(topic, 'message.incoming');
    assert.equal(payload.name, 'message.incoming');
    assert.equal(payload.interaction.change, 'opened');
    assert.equal(payload.interaction.state, 'open');
    assert.deepEqual(payload.message, {
      id,
      verb: 'incoming',
      type: 'text',
      text: 'Perché non è «arrivato»? 🌧',
      media: [],
    });
    assert.equal(payload.contact.phone, '+393331234567');
    assert.equal(payload.contact.name, 'Giulia Müller 🌻');
    assert.deepEqual(payload.account, {
      id: 'shop',
      name: 'Shop Milano',
      key: 'SHOP',
      provider: 'meta',
      number: '+39 02 12345678',
    });
    assert.equal(payload.redelivered, false);
    assert.equal('raw' in payload, false);
    assert.equal(variables.uniqueid, payload.interaction.id);
    assert.equal(variables.calleridnum, '+393331234567');
    assert.equal(variables.message, 'incoming');
    assert.equal(variables.interaction, 'opened');
  });

  it('opens one interaction for the messages of a contact, however many come', async () => {
    await deploy(registers, flow(), credentials);
    const first = nextInput('seen');
    await post(meta.textWebhook('uno'));
    const opened = await first;
    const second = nextInput('seen');
    await post(meta.textWebhook('due'));
    const joined = await second;
    assert.equal(joined['payload'].interaction.id, opened['payload'].interaction.id);
    assert.equal(joined['payload'].interaction.change, undefined);
  });

  it('tells one event for a message that comes twice', async () => {
    await deploy(registers, flow(), credentials);
    const seen: TestMessage[] = [];
    node('seen').on('input', (msg) => seen.push(msg));
    const body = meta.textWebhook('una volta');
    const answers = await Promise.all([post(body), post(body), post(body)]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    const last = nextInput('seen');
    await post(meta.textWebhook('fine', meta.ahmed));
    await last;
    assert.equal(seen.length, 2);
  });

  it('sends delivery events to its second output, and only when asked', async () => {
    await deploy(registers, flow({ delivery: true }), credentials);
    const told = nextInput('told');
    const error = { code: 131047, title: 'Re-engagement message', details: 'More than 24 hours' };
    const body = meta.webhook([
      meta.change({ statuses: [meta.status('wamid.X', 'failed', { error })] }),
    ]);
    assert.equal((await post(body)).status, 200);
    const { topic, payload } = await told;
    assert.equal(topic, 'delivery');
    assert.deepEqual(payload.delivery, {
      status: 'failed',
      errorCode: '131047',
      errorText: 'More than 24 hours',
    });
  });

  it('passes on only the events that were chosen', async () => {
    await deploy(registers, flow({ events: ['message.outgoing'] }), credentials);
    const seen = nextInput('seen');
    await post(
      meta.webhook([
        meta.change({ messages: [meta.message(meta.text('da voi'))] }),
        meta.change({ echoes: [meta.echo(meta.text('da noi'))] }),
      ]),
    );
    assert.equal((await seen)['payload'].message.text, 'da noi');
  });

  it("hands on the provider's own object when asked", async () => {
    await deploy(registers, flow({ raw: true }), credentials);
    const seen = nextInput('seen');
    await post(meta.textWebhook('tutto'));
    assert.equal((await seen)['payload'].raw.text.body, 'tutto');
  });

  it('refuses a request that another secret signed, and keeps nothing of it', async () => {
    await deploy(registers, flow(), credentials);
    const answer = await post(meta.textWebhook('falso'), { secret: 'wrong' });
    assert.equal(answer.status, 401);
    assert.equal(await answer.text(), '');
    const seen = nextInput('seen');
    await post(meta.textWebhook('vero'));
    assert.equal((await seen)['payload'].message.text, 'vero');
  });

  it('is red and says why when its account does not exist', async () => {
    await deploy(registers, flow({ account: 'nobody' }), credentials);
    assert.equal(node('in').status.args[0]?.[0].fill, 'red');
    assert.equal(node('in').error.args[0]?.[0].code, 'E_CONFIG');
  });

  it('refuses the account of a second provider on the same path, and keeps the first at work', async () => {
    const rival = { ...shop({ provider: 'simulator', name: 'Rival' }), id: 'other' };
    await deploy(registers, flow({}, rival), credentials);
    assert.equal(node('other').error.args[0]?.[0].code, 'E_CONFIG');
    const seen = nextInput('seen');
    assert.equal((await post(meta.textWebhook('funziona'))).status, 200);
    await seen;
  });

  it('gives each of two flows an event of its own', async () => {
    const second = { id: 'in2', type: 'whatsapp-in', z: 'tab', account: 'shop', wires: [['told']] };
    await deploy(registers, flow({}, second), credentials);
    const told = nextInput('told');
    node('seen').on('input', (msg) => {
      msg['payload'].message.text = 'changed';
    });
    await post(meta.textWebhook('untouched'));
    assert.equal((await told)['payload'].message.text, 'untouched');
  });

  it('serves an account without a path at its id, and refuses a second account of its number', async () => {
    const twin = { ...shop({ path: '' }), id: 'other' };
    const double = { ...shop(), id: 'double' };
    await deploy(registers, flow({}, twin, double), credentials);
    const body = meta.textWebhook('senza percorso');
    const headers = meta.headers(body, credentials.other.appSecret);
    const answer = await fetch(`${await serveHttpNode()}/whatsapp/other`, {
      method: 'POST',
      body,
      headers,
    });
    assert.equal(answer.status, 200);
    const errors = node('double').error.args.map(([error]) => String(error?.message));
    assert.ok(errors.some((text) => /belongs to account "Shop Milano"/.test(text)));
  });

  it('answers 404 at the path that an account had before', async () => {
    await deploy(registers, flow(), credentials);
    const moved = flow().map((one) => (one.id === 'shop' ? { ...one, path: 'elsewhere' } : one));
    await redeploy(moved, 'full', credentials);
    const body = meta.textWebhook('vecchio');
    assert.equal((await post(body)).status, 404);
  });

  it('loses nothing that comes while a deploy has stopped its node', async () => {
    const slow = (more: object = {}): FlowNode => ({
      id: 'slow',
      type: 'slow',
      z: 'tab',
      wires: [],
      ...more,
    });
    const closing = Promise.withResolvers<() => void>();
    let held = false;
    const slowToClose = (RED: NodeAPI): void =>
      RED.nodes.registerType('slow', function (this: Node, config: never) {
        RED.nodes.createNode(this, config);
        this.on('close', (done: () => void) => {
          if (held) done();
          held = true;
          closing.resolve(done);
        });
      });
    await deploy([...registers, slowToClose], flow({}, slow()), credentials);
    const base = await serveHttpNode();
    const changed = redeploy(
      flow({ name: 'renamed' }, slow({ name: 'renamed' })),
      'nodes',
      credentials,
    );
    const done = await closing.promise;
    const body = meta.textWebhook('nel mezzo');
    const answer = await fetch(`${base}/whatsapp/a-long-random-path`, {
      method: 'POST',
      body,
      headers: meta.headers(body),
    });
    assert.equal(answer.status, 200);
    done();
    await changed;
    assert.equal((await nextInput('seen'))['payload'].message.text, 'nel mezzo');
  });

  it('keeps the interaction open over a redeploy', async () => {
    await deploy(registers, flow(), credentials);
    const first = nextInput('seen');
    await post(meta.textWebhook('prima'));
    const before = (await first)['payload'].interaction.id;
    await redeploy(flow({ name: 'renamed' }));
    const second = nextInput('seen');
    await post(meta.textWebhook('dopo'));
    const { payload } = await second;
    assert.equal(payload.interaction.id, before);
    assert.equal(payload.interaction.change, undefined);
  });
});
