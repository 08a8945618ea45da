import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import type { NodeAPI } from 'node-red';
import { attachSimulatorRoutes } from '../../nodes/shared/simulator/routes.ts';
import store from '../../nodes/trigger-store/trigger-store.ts';
import account from '../../nodes/whatsapp-account/whatsapp-account.ts';
import whatsappIn from '../../nodes/whatsapp-in/whatsapp-in.ts';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import { readFrames } from '../../src/simulator/app/frames.ts';
import type { SendAnswer, SendRequest } from '../../src/simulator/protocol.ts';
import { hostileTexts } from '../fixtures/hostile.ts';
import * as meta from '../fixtures/meta.ts';
import { deploy, type FlowNode, node, runtimeApi, serve, useRuntime } from '../support/flow.ts';

const root = '/whatsapp-triggers/simulator';
const customer = { name: 'Zoë Müller 😎', phone: '+491510000103' };
const hello: SendRequest = {
  account: 'shop',
  customer,
  happening: { kind: 'text', text: 'hello' },
};

describe('the simulator', () => {
  useRuntime();
  let folder: string;
  /** What the editor grants; each permission that a route asked for. */
  let granted: boolean;
  let asked: string[];
  let admin: string;
  let seen: WhatsAppEvent[];
  let told: WhatsAppEvent[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    for (const [file, text] of Object.entries({
      'index.html': '<p>page</p>',
      'page.js': '',
      'style.css': '',
    })) {
      await writeFile(join(folder, file), text);
    }
    granted = true;
    await deploy([withPermissions, store, account, whatsappIn], flow(), {
      real: { appSecret: meta.appSecret, verifyToken: meta.verifyToken },
    });
    admin = (await serve(runtimeApi().httpAdmin)) + root;
    seen = collect('seen');
    told = collect('told');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Node-RED's own part: the permission check, and a server that serves RED.httpNode. */
  function withPermissions(RED: NodeAPI): void {
    const permissions: string[] = [];
    const needsPermission = (permission: string): RequestHandler => {
      permissions.push(permission);
      return (_request, response, next) => (granted ? next() : void response.status(401).end());
    };
    Object.assign(RED, { auth: { needsPermission } });
    RED.server.removeAllListeners('request').on('request', RED.httpNode);
    attachSimulatorRoutes(RED, folder);
    asked = permissions.toSorted();
  }

  const line = (id: string, provider: string, accountId = ''): FlowNode => ({
    id,
    type: 'whatsapp-account',
    name: `The ${id} line`,
    provider,
    accountId,
    number: '+39 02 0000 100',
    path: `${id}-path`,
    store: 'store',
  });
  const flow = (): FlowNode[] => [
    { id: 'tab', type: 'tab', label: 'Test' },
    { id: 'store', type: 'trigger-store', file: join(folder, 'store.sqlite') },
    line('shop', 'simulator'),
    line('real', 'meta', meta.phoneNumberId),
    {
      id: 'in',
      type: 'whatsapp-in',
      z: 'tab',
      account: '',
      delivery: true,
      wires: [['seen'], ['told']],
    },
    { id: 'seen', type: 'helper', z: 'tab', wires: [] },
    { id: 'told', type: 'helper', z: 'tab', wires: [] },
  ];

  function collect(id: string): WhatsAppEvent[] {
    const events: WhatsAppEvent[] = [];
    node(id).on('input', (msg: { payload: WhatsAppEvent }) => events.push(msg.payload));
    return events;
  }

  async function arrived(events: readonly WhatsAppEvent[], count: number): Promise<void> {
    const id = events === seen ? 'seen' : 'told';
    while (events.length < count) await new Promise((resolve) => node(id).once('input', resolve));
  }

  async function post(body: unknown, type = 'application/json'): Promise<Response> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return fetch(`${admin}/send`, {
      method: 'POST',
      body: text,
      headers: { 'content-type': type },
    });
  }

  async function send(request: SendRequest): Promise<SendAnswer> {
    const answer = await post(request);
    assert.equal(answer.status, 200);
    return (await answer.json()) as SendAnswer;
  }

  it('lists the simulator accounts that are deployed, without any secret', async () => {
    const answer = await fetch(`${admin}/accounts`);
    assert.deepEqual(await answer.json(), [
      { id: 'shop', name: 'The shop line', number: '+39 02 0000 100' },
    ]);
  });

  it('sends what is typed the way of a provider: signed, over HTTP, into the flow as it was typed', async () => {
    for (const [index, text] of hostileTexts.entries()) {
      const { status } = await send({ ...hello, happening: { kind: 'text', text } });
      assert.equal(status, 200);
      await arrived(seen, index + 1);
      assert.equal(seen[index]?.message?.text, text.replaceAll('\0', '').toWellFormed());
    }
    const [first] = seen;
    assert.equal(first?.interaction.change, 'opened');
    assert.equal(first?.contact.name, customer.name);
    assert.equal(first?.contact.phone, customer.phone);
    assert.equal(first?.account.provider, 'simulator');
  });

  it('gets 200 for the same message again, and the flow gets no second event', async () => {
    const { id, timestamp } = await send(hello);
    const again = await send({ ...hello, id, timestamp });
    assert.equal(again.status, 200);
    await send({ ...hello, happening: { kind: 'text', text: 'next' } });
    await arrived(seen, 2);
    assert.deepEqual(
      seen.map(({ message }) => message?.text),
      ['hello', 'next'],
    );
  });

  it('replies from the business phone, and tells what became of the reply', async () => {
    const { id } = await send({ ...hello, happening: { kind: 'echo', text: 'on its way' } });
    await arrived(seen, 1);
    assert.equal(seen[0]?.name, 'message.outgoing');
    await send({ ...hello, happening: { kind: 'status', messageId: id, status: 'failed' } });
    await arrived(told, 1);
    assert.equal(told[0]?.name, 'delivery');
    assert.equal(told[0]?.delivery?.status, 'failed');
  });

  it('streams the events of simulator accounts to the page, and of no other account', async () => {
    const [events] = (await once(get(`${admin}/events`), 'response')) as [IncomingMessage];
    const url = `${await serve(runtimeApi().httpNode)}/whatsapp/real-path`;
    const body = meta.textWebhook('of a real customer');
    assert.equal(
      (await fetch(url, { method: 'POST', body, headers: meta.headers(body) })).status,
      200,
    );
    await arrived(seen, 1);
    await send({ ...hello, happening: { kind: 'text', text: 'for the page' } });
    let text = '';
    for await (const chunk of events.setEncoding('utf8')) {
      text += String(chunk);
      if (text.includes('for the page') && text.endsWith('\n\n')) break;
    }
    const streamed = readFrames(text).data.map((data) => JSON.parse(data) as WhatsAppEvent);
    assert.equal(streamed.at(-1)?.message?.text, 'for the page');
    assert.deepEqual(
      new Set(streamed.map((event) => event.account.provider)),
      new Set(['simulator']),
    );
  });

  it('refuses what is no message, no JSON or for no simulator account, with the reason', async () => {
    const cases: readonly [Response, RegExp][] = [
      [await post({ ...hello, customer: { name: 'x', phone: 'none' } }), /customer\.phone/],
      [await post({ ...hello, account: 'real' }), /not deployed/],
      [await post('account=shop', 'application/x-www-form-urlencoded'), /body/],
    ];
    for (const [answer, reason] of cases) {
      assert.equal(answer.status, 400);
      assert.match((await answer.json()).error, reason);
    }
    assert.deepEqual(seen, []);
  });

  it('asks the editor’s permission for every route, to send another one than to look', async () => {
    assert.deepEqual(asked, ['whatsapp-account.read', 'whatsapp-account.write']);
    granted = false;
    for (const path of ['', '/', '/accounts', '/events']) {
      assert.equal((await fetch(admin + path)).status, 401, path);
    }
    assert.equal((await post(hello)).status, 401);
    assert.deepEqual(seen, []);
  });

  it('shows a browser without permission a door, and nothing of the page', async () => {
    const page = await fetch(admin);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<p>page/);
    granted = false;
    const door = await fetch(admin);
    assert.equal(door.status, 401);
    assert.match(door.headers.get('content-type') ?? '', /^text\/html/);
    const text = await door.text();
    assert.match(text, /Log in to the editor first/);
    assert.doesNotMatch(text, /<p>page/);
  });
});
