import assert from 'node:assert/strict';
import * as meta from '../fixtures/meta.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import '../support/e2e.ts';
import type { FakeApi } from '../support/fake-api.ts';
import { startFakeGraph } from '../support/fake-graph.ts';
import { type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { openSink, type Sink } from '../support/sink.ts';
import { postWebhook } from '../support/webhook.ts';
import { credentials, interactionFlow } from './interaction-flow.ts';
import { agent } from './main-job-flow.ts';

describe('An interaction', () => {
  let crm: Crm;
  let after: Sink;
  let graph: FakeApi;
  let nodeRed: NodeRed;

  beforeEach(async () => {
    [crm, after, graph] = await Promise.all([startCrm(), openSink(), startFakeGraph()]);
    const flows = interactionFlow({ crm, after, graphUrl: graph.url });
    nodeRed = await startNodeRed({ flows, credentials });
  });
  afterEach(async () => {
    await nodeRed?.remove();
    await Promise.all([crm.close(), after.close(), graph.close()]);
  });

  type Values = Readonly<Record<string, string>>;

  async function told(path: string, values: Values): Promise<URLSearchParams> {
    const wanted = Object.entries(values);
    const { query } = await crm.request(path, ({ query }) =>
      wanted.every(([name, value]) => query.get(name) === value),
    );
    return query;
  }

  async function post(body: Buffer): Promise<void> {
    assert.equal((await postWebhook(`${nodeRed.url}/whatsapp/life`, body)).status, 200);
  }

  /** Answers what the CRM is told of the message. */
  async function write(text: string): Promise<URLSearchParams> {
    await post(meta.textWebhook(text));
    return told('/events', { event: 'message.incoming', text });
  }

  /** The same, once the flow has done what was asked for. */
  async function ask(text: string): Promise<URLSearchParams> {
    const event = await write(text);
    await told('/acted', { text });
    return event;
  }

  it('keeps what the flow knows of it, over a crash, until the flow closes it; then there is another', async () => {
    const opened = await ask('remember the order');
    const id = opened.get('interactionid') ?? '';
    const order = `Nº ${opened.get('messageid')}`;
    assert.deepEqual([opened.get('interaction'), opened.get('ORDER')], ['opened', null]);
    assert.equal((await told('/acted', { ORDER: order })).get('text'), 'remember the order');

    const next = await write('e allora?');
    assert.deepEqual([next.get('interactionid'), next.get('interaction')], [id, null]);
    assert.equal(next.get('ORDER'), order);

    await ask('assign it');
    await nodeRed.kill();
    await nodeRed.start();
    const assigned = await write('chi c’è?');
    assert.deepEqual([assigned.get('interactionid'), assigned.get('ORDER')], [id, order]);
    assert.deepEqual(
      [assigned.get('agent'), assigned.get('agentname')],
      [agent.username, agent.name],
    );

    await ask('close it');
    const closed = await told('/events', { event: 'interaction.closed' });
    const ending = ['interactionid', 'interaction', 'interactionstate', 'reason', 'ORDER'];
    assert.deepEqual(
      ending.map((name) => closed.get(name)),
      [id, 'closed', 'closed', 'solved', order],
    );

    const another = await write('ancora io');
    assert.equal(another.get('interaction'), 'opened');
    assert.notEqual(another.get('interactionid'), id);
    assert.deepEqual([another.get('ORDER'), another.get('agent')], [null, null]);
    const changes = ['opened', 'closed'].map((change) => eventsWith('interaction', change).size);
    assert.deepEqual(changes, [2, 1]);
  });

  it('is answered once for a message that comes again after a crash', async () => {
    after.behave({ kind: 'hang' });
    const first = after.next();
    const asked = await write('answer me');
    const sent = (await first).query.get('sent') ?? '';
    assert.notEqual(sent, '');
    await nodeRed.kill();

    after.behave({ kind: 'answer' });
    const second = after.next();
    await nodeRed.start();
    const { query } = await second;
    assert.deepEqual([query.get('sent'), query.get('again')], [sent, 'true']);
    assert.equal(graph.sends.length, 1);
    const outgoing = await told('/events', { event: 'message.outgoing', messageid: sent });
    assert.equal(outgoing.get('text'), 'Ecco: «answer me»');
    assert.equal(outgoing.get('interactionid'), asked.get('interactionid'));
    assert.equal(eventsWith('event', 'message.outgoing').size, 1);
  });

  it('is not answered twice when nobody knows whether the answer went out; its status tells', async () => {
    graph.upset('hang');
    const text = 'answer me if you can';
    await write(text);
    const { json } = await graph.send(0);
    await nodeRed.kill();

    await nodeRed.start();
    const failed = await told('/failed', { text });
    assert.match(failed.get('why') ?? '', /may have gone out/);
    assert.equal(graph.sends.length, 1);

    const { biz_opaque_callback_data } = json;
    for (const name of ['sent', 'delivered']) {
      const status = { ...meta.status('wamid.after-all', name), biz_opaque_callback_data };
      await post(meta.webhook([meta.change({ statuses: [status] })]));
    }
    const outgoing = await told('/events', { event: 'message.outgoing' });
    assert.equal(outgoing.get('messageid'), 'wamid.after-all');
    assert.equal(outgoing.get('text'), `Ecco: «${text}»`);
    await write('grazie');
    assert.equal(eventsWith('event', 'message.outgoing').size, 1);
    assert.equal(graph.sends.length, 1);
  });

  /** The ids of the events that say so: one that comes again has the same. */
  function eventsWith(name: string, value: string): ReadonlySet<string | null> {
    const requests = crm.requests.filter(({ query }) => query.get(name) === value);
    return new Set(requests.map(({ query }) => query.get('eventid')));
  }
});
