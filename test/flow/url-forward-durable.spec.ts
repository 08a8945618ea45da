import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { houseOf } from '../../nodes/shared/house.ts';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.ts';
import { nextInput, node, redeploy, runtimeApi, stop, useRuntime } from '../support/flow.ts';
import { useDurable } from '../support/durable-forward.ts';
import { event } from '../support/forward-flow.ts';
import { openSink } from '../support/sink.ts';

const soon = 0.3;
const later = 60;

describe('a durable url-forward', () => {
  useRuntime();
  const durable = useDurable(soon);
  const { sink, flow, folder, start, forward, lastStatus } = durable;
  const { schedule, failing, recovered, eventOf, kept, take, until } = durable;

  it('sends the message on when a later try succeeds, and keeps nothing', async () => {
    failing();
    await start({ responseVariables: [{ variable: 'ORDER', path: 'order.id' }] });
    const body = '{"order": {"id": 9}}';
    const out = nextInput('out');
    await take({ payload: event, order: { size: 3 }, variables: { KEPT: 'yes' } });
    assert.equal(lastStatus().fill, 'yellow');
    sink().behave({ kind: 'answer', headers: { 'Content-Type': 'application/json' }, body });
    const { payload, order, variables, response } = await out;
    assert.deepEqual([payload, order], [event, { size: 3 }]);
    assert.deepEqual(variables, { KEPT: 'yes', ORDER: '9' });
    assert.deepEqual([response.statusCode, response.attempts], [200, 2]);
    const [first, second] = sink().received;
    assert.equal(second?.headers['webhook-id'], first?.headers['webhook-id']);
    assert.equal(second?.headers['idempotency-key'], first?.headers['idempotency-key']);
    assert.equal(second?.url, first?.url);
    await until(async () => (await kept()).length === 0);
  });

  it('is done with a message only when the store has it, and raises no error', async () => {
    schedule(later);
    failing();
    await start();
    let caught = 0;
    node('caught').on('input', () => (caught += 1));
    await take({ payload: event });
    const [row] = await kept();
    assert.deepEqual([row?.state, row?.attempts, row?.status], ['waiting', 1, 503]);
    assert.equal(caught, 0);
    await until(() => lastStatus().text.includes('status.waiting'));
  });

  it('gives up at the end of the schedule: Catch node and dead letter', async () => {
    failing(500);
    await start();
    const { error, payload, response } = await forward();
    assert.equal(error.code, 'E_HTTP_STATUS');
    assert.deepEqual(payload, event);
    assert.deepEqual([response.statusCode, response.attempts], [500, 2]);
    const [row] = await kept();
    assert.deepEqual([row?.state, row?.attempts, row?.code], ['dead', 2, 'E_HTTP_STATUS']);
    await until(() => lastStatus().text.includes('status.dead'));
  });

  it('shows no more dead letters than the store still has', async () => {
    failing(404);
    await start();
    await forward();
    await until(() => lastStatus().text.includes('status.dead'));
    const [inbox] = houseOf(runtimeApi()).inboxes;
    const afterRetention = Date.now() + 31 * 86_400_000;
    await inbox?.change((handOut) => inbox.store.sweep(afterRetention, handOut));
    await until(() => !lastStatus().text.includes('status.dead'));
  });

  for (const [what, status, headers] of [
    ['404', 404, {}],
    ['410', 410, {}],
    ['a redirect to a metadata service', 302, { Location: 'http://169.254.169.254/latest/' }],
  ] as const) {
    it(`takes ${what} as final: Catch node and dead letter at once`, async () => {
      failing(status, headers);
      await start();
      const { error, response } = await forward();
      assert.deepEqual([error.code, response.statusCode], ['E_HTTP_STATUS', status]);
      const [row] = await kept();
      assert.deepEqual([row?.state, row?.attempts, row?.status], ['dead', 1, status]);
      assert.equal(sink().received.length, 1);
    });
  }

  it('lets later ones of a contact wait behind one that waits, and others pass', async () => {
    failing();
    await start();
    schedule(later);
    await take(eventOf('a1', 'anna'));
    const order: string[] = [];
    node('out').on('input', ({ payload }) => order.push(payload.id));
    recovered();
    await take(eventOf('a2', 'anna'));
    await take(eventOf('a3', 'anna'));
    await take(eventOf('b1', 'bruno'));
    await until(() => order.length === 4);
    assert.deepEqual(
      order.filter((id) => id.startsWith('a')),
      ['a1', 'a2', 'a3'],
    );
    await until(async () => (await kept()).length === 0);
  });

  it('makes neither a second row nor a try for an event that comes again', async () => {
    schedule(later);
    failing();
    await start();
    await take({ payload: event });
    await take({ payload: { ...event, redelivered: true } });
    await take({ payload: event });
    assert.equal(sink().received.length, 1);
    assert.equal((await kept()).length, 1);
  });

  it('tells the failure again for an event that comes again after its end', async () => {
    failing(404);
    await start();
    await forward();
    const { error } = await forward({ payload: { ...event, redelivered: true } });
    assert.equal(error.code, 'E_HTTP_STATUS');
    assert.equal(sink().received.length, 1);
    assert.equal((await kept()).length, 1);
  });

  it('goes on after a restart, with the same key', async () => {
    schedule(1);
    failing();
    await start();
    await take({ payload: event });
    await stop();
    assert.equal(sink().received.length, 1);
    recovered();
    await start();
    const { response, payload } = await nextInput('out');
    assert.equal(response.attempts, 2);
    assert.equal(payload.id, event.id);
    const [first, second] = sink().received;
    assert.equal(second?.headers['webhook-id'], first?.headers['webhook-id']);
  });

  it('sends a message whose request was answered before a crash again, saying so', async () => {
    const file = join(folder(), 'whatsapp-triggers.sqlite');
    const store = await openEmbeddedStore({ file, retentionDays: 30 });
    const message = JSON.stringify({ payload: event, response: { statusCode: 200, attempts: 2 } });
    const times = { nextAt: 0, createdAt: 0, attempts: 2 };
    const why = { code: undefined, reason: undefined, status: undefined };
    const place = { node: 'forward', target: 'http://x', lane: '', request: undefined };
    await store.keepForward({ id: 'f', ...place, message, state: 'answered', ...times, ...why });
    await store.close();
    await start();
    const { payload, response } = await nextInput('out');
    assert.deepEqual([payload.redelivered, payload.id], [true, event.id]);
    assert.equal(response.attempts, 2);
    assert.equal(sink().received.length, 0);
    await until(async () => (await kept()).length === 0);
  });

  it('goes on when it is only redeployed, with the secrets and the time-out of now', async () => {
    schedule(0.5);
    failing();
    await start({ auth: 'bearer' }, { token: 'old' });
    await take({ payload: event });
    recovered();
    await redeploy(flow({ auth: 'bearer', name: 'New' }), 'nodes', { forward: { token: 'new' } });
    assert.equal((await nextInput('out'))['response'].attempts, 2);
    const tokens = sink().received.map(({ headers }) => headers.authorization);
    assert.deepEqual(tokens, ['Bearer old', 'Bearer new']);
  });

  it('does not send the secrets of now to the target of then', async () => {
    schedule(0.5);
    failing();
    const other = await openSink();
    try {
      await start({ auth: 'bearer' }, { token: 'old' });
      await take({ payload: event });
      const moved = flow({ auth: 'bearer', url: `${other.url}/new` });
      await redeploy(moved, 'nodes', { forward: { token: 'new' } });
      await nextInput('out');
      assert.equal(sink().received.length, 1);
      const [request] = other.received;
      assert.equal(request?.path, '/new');
      assert.equal(request?.headers['webhook-id'], sink().received[0]?.headers['webhook-id']);
    } finally {
      await other.close();
    }
  });

  it('stops when its node is removed: what waited is a dead letter with the reason', async () => {
    schedule(0.6);
    failing();
    await start();
    await take({ payload: event });
    await redeploy(flow().filter(({ id }) => id !== 'forward'));
    await setTimeout(700);
    assert.equal(sink().received.length, 1);
    await redeploy(flow());
    await until(async () => (await kept()).length > 0);
    const [row] = await kept();
    assert.deepEqual([row?.state, row?.reason], ['dead', 'url-forward.error.removed']);
  });

  it('lets its successor make a try that a redeploy broke off', async () => {
    schedule(later);
    sink().behave({ kind: 'hang' });
    await start();
    const arrived = sink().next();
    node('forward').receive({ payload: event });
    await arrived;
    recovered();
    await redeploy(flow({ name: 'New' }), 'nodes');
    assert.equal((await nextInput('out'))['payload'].id, event.id);
    assert.equal(sink().received.length, 2);
  });

  it('leaves a target alone that mostly fails, and keeps what comes meanwhile', async () => {
    schedule(later);
    failing();
    await start();
    for (let i = 0; i < 30; i++) await take(eventOf(`e${i}`, `contact ${i}`));
    assert.equal(sink().received.length, 20);
    assert.equal((await kept()).length, 30);
  });

  it('tries once and reports the failure when the store cannot be used', async () => {
    await writeFile(join(folder(), 'whatsapp-triggers.sqlite'), 'not a store');
    failing();
    await start();
    const { error } = await forward();
    assert.equal(error.code, 'E_HTTP_STATUS');
    assert.equal(sink().received.length, 1);
    recovered();
    assert.equal((await forward(eventOf('e2')))['response'].statusCode, 200);
  });

  it('reports the failure of a message that is too big to be kept', async () => {
    failing();
    await start({ method: 'POST', eventData: 'none' });
    const { error } = await forward({ payload: 'x'.repeat(300_000) });
    assert.equal(error.code, 'E_HTTP_STATUS');
    assert.deepEqual(await kept(), []);
  });
});
