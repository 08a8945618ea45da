import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { appSecret, phoneNumberId, textWebhook, verifyToken } from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { openEditor, openForm } from '../support/editor.ts';
import { type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { openSink, type Sink } from '../support/sink.ts';
import { postWebhook } from '../support/webhook.ts';

interface Listed {
  readonly waiting: number;
  readonly dead: number;
  readonly forwards: readonly { readonly state: string; readonly attempts: number }[];
}

describe('A durable url-forward, when the process is killed,', () => {
  let crm: Sink;
  let after: Sink;
  let nodeRed: NodeRed;
  let place = 0;

  const node = (id: string, type: string, more: object) => ({
    id,
    type,
    z: 'tab',
    x: 200,
    y: (place += 60),
    ...more,
  });
  const allow = ['127.0.0.1'];
  const flows = () => [
    { id: 'tab', type: 'tab', label: 'Durable' },
    {
      id: 'account',
      type: 'whatsapp-account',
      provider: 'meta',
      accountId: phoneNumberId,
      path: 'in',
    },
    node('in', 'whatsapp-in', { account: '', events: [], wires: [['crm']] }),
    node('crm', 'url-forward', { method: 'POST', url: crm.url, allow, wires: [['hold']] }),
    node('hold', 'delay', {
      pauseType: 'delay',
      timeout: '3',
      timeoutUnits: 'seconds',
      wires: [['after']],
    }),
    node('after', 'url-forward', {
      url: `${after.url}/?again={{payload.redelivered}}&tries={{response.attempts}}`,
      allow,
      wires: [[]],
    }),
  ];
  const start = async (schedule: readonly number[]) => {
    const settings = { whatsappTriggers: { forward: { schedule } } };
    const credentials = { account: { appSecret, verifyToken } };
    nodeRed = await startNodeRed({ flows: flows(), credentials, settings });
  };
  const listed = () => nodeRed.adminJson<Listed>('/whatsapp-triggers/forwards?node=crm');
  async function until(condition: (now: Listed) => boolean): Promise<void> {
    while (!condition(await listed())) await setTimeout(50);
  }

  beforeEach(async () => {
    [crm, after] = await Promise.all([openSink(), openSink()]);
  });
  afterEach(async () => {
    await nodeRed?.remove();
    await Promise.all([crm.close(), after.close()]);
  });

  it('makes the tries that are left, and sends on what was on its way, saying so', async () => {
    await start([2, 2]);
    crm.behave({ kind: 'answer', status: 503 });
    const { status } = await postWebhook(`${nodeRed.url}/whatsapp/in`, textWebhook('Ciao'));
    assert.equal(status, 200);
    await until(({ waiting }) => waiting === 1);
    await nodeRed.kill();

    crm.behave({ kind: 'answer' });
    await nodeRed.start();
    await until(({ forwards }) => forwards[0]?.state === 'answered');
    assert.equal(new Set(crm.received.map(({ headers }) => headers['webhook-id'])).size, 1);
    const requests = crm.received.length;
    assert.equal(after.received.length, 0);
    await nodeRed.kill();

    await nodeRed.start();
    const { query } = await after.next();
    assert.deepEqual([query.get('again'), query.get('tries')], ['true', String(requests)]);
    await until(({ forwards }) => forwards.length === 0);
    assert.equal(crm.received.length, requests);
    assert.equal(after.received.length, 1);
  });

  it('shows in its form what waits, and sends it again at a click', async () => {
    await start([3600]);
    crm.behave({ kind: 'answer', status: 503 });
    await postWebhook(`${nodeRed.url}/whatsapp/in`, textWebhook('Ciao'));
    await until(({ waiting }) => waiting === 1);
    const { page, close } = await openEditor(nodeRed.url);
    try {
      const form = await openForm(page, 'crm');
      await form.getByText('1 waiting · 0 dead').waitFor();
      await form.getByText('The target answered 503 Service Unavailable.').waitFor();
      crm.behave({ kind: 'answer', status: 404 });
      await form.getByRole('button', { name: 'Send again' }).click();
      await until(({ dead }) => dead === 1);
      await form.getByRole('button', { name: 'Refresh' }).click();
      await form.getByText('0 waiting · 1 dead').waitFor();
      await form.getByRole('button', { name: 'Discard all dead' }).click();
      await form.getByText('Nothing waits').waitFor();
      assert.equal(crm.received.length, 2);
    } finally {
      await close();
    }
  });
});
