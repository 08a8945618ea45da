import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';
import { listening } from '../../nodes/shared/simulator/routes.ts';
import store from '../../nodes/trigger-store/trigger-store.ts';
import account from '../../nodes/whatsapp-account/whatsapp-account.ts';
import whatsappIn from '../../nodes/whatsapp-in/whatsapp-in.ts';
import whatsappOut from '../../nodes/whatsapp-out/whatsapp-out.ts';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import type { Happening } from '../../src/provider/simulator/build.ts';
import { simulate } from '../../src/simulator/server/simulate.ts';
import { deploy, type FlowNode, node, runtimeApi, useRuntime } from '../support/flow.ts';

const customer = { name: 'Zoë Müller 😎', phone: '+491510000103' };
const appSecret = 'f00dfacecafe';

describe('a send of a simulator account', () => {
  useRuntime();
  let folder: string;
  let told: WhatsAppEvent[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    await deploy([serving, store, account, whatsappIn, whatsappOut], flow(), {
      shop: { appSecret },
    });
    told = [];
    node('told').on('input', (msg: { payload: WhatsAppEvent }) => told.push(msg.payload));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Node-RED's own part: a server that serves RED.httpNode. */
  function serving(RED: NodeAPI): void {
    RED.server.removeAllListeners('request').on('request', RED.httpNode);
  }

  const inlet = (id: string, events: string[], delivery: boolean, wires: string[][]): FlowNode => ({
    id,
    type: 'whatsapp-in',
    z: 'tab',
    account: 'shop',
    events,
    delivery,
    wires,
  });
  const flow = (): FlowNode[] => [
    { id: 'tab', type: 'tab', label: 'Test' },
    { id: 'store', type: 'trigger-store', file: join(folder, 'store.sqlite') },
    {
      id: 'shop',
      type: 'whatsapp-account',
      provider: 'simulator',
      path: 'shop-path',
      number: '+39 02 0000 100',
      store: 'store',
    },
    inlet('asked', ['message.incoming'], false, [['reply']]),
    inlet('others', ['message.outgoing'], true, [['told'], ['told']]),
    { id: 'reply', type: 'whatsapp-out', z: 'tab', text: 'You wrote: {{text}}', wires: [['done']] },
    { id: 'done', type: 'helper', z: 'tab', wires: [] },
    { id: 'told', type: 'helper', z: 'tab', wires: [] },
  ];

  async function happens(happening: Happening): Promise<void> {
    const line = { accountId: 'shop', number: '+39 02 0000 100' };
    const shop = { line, path: 'shop-path', appSecret };
    const request = { account: 'shop', customer, happening };
    const { status } = await simulate(request, shop, listening(runtimeApi()));
    assert.equal(status, 200);
  }

  const next = (id: string): Promise<{ sent: { id: string; status: string } }> =>
    new Promise((resolve) => node(id).once('input', resolve));

  it('is taken, told once as outgoing, and reported as sent, delivered and read', async () => {
    const done = next('done');
    await happens({ kind: 'text', text: 'À bientôt 👋🏽' });
    const { sent } = await done;
    assert.equal(sent.status, 'accepted');
    while (told.length < 4) await next('told');

    const outgoing = told.filter(({ name }) => name === 'message.outgoing');
    assert.deepEqual(
      outgoing.map(({ message, contact }) => [message?.id, message?.text, contact.phone]),
      [[sent.id, 'You wrote: À bientôt 👋🏽', customer.phone]],
    );
    const statuses = told.filter(({ name }) => name === 'delivery');
    assert.deepEqual(
      statuses.map(({ delivery }) => delivery?.status),
      ['sent', 'delivered', 'read'],
    );
    const ids = new Set(told.map(({ interaction }) => interaction.id));
    assert.equal(ids.size, 1, 'all of it belongs to one interaction');
  });

  it('is refused as Meta would refuse it, and then nothing is reported', async () => {
    const refused = new Promise<Error>((resolve) =>
      node('reply').once('call:error', (call: { args: [Error] }) => resolve(call.args[0])),
    );
    await happens({ kind: 'text', text: 'x'.repeat(4_096) });
    const error = await refused;
    assert.equal((error as Error & { code: string }).code, 'E_SEND');
    assert.match(error.message, /text\['body'\]/);
    assert.deepEqual(told, []);
  });
});
