import assert from 'node:assert/strict';
import { nextInput, redeploy, runtimeApi, serve, useRuntime } from '../support/flow.ts';
import { useDurable } from '../support/durable-forward.ts';
import { event } from '../support/forward-flow.ts';

const later = 60;

describe('the routes of url-forward for operators', () => {
  useRuntime();
  const { sink, flow, start, forward, take, schedule, failing, recovered, eventOf, kept, until } =
    useDurable(later);

  const request = async (path: string, body?: object): Promise<any> => {
    const base = await serve(runtimeApi().httpAdmin);
    const headers = { 'Content-Type': 'application/json' };
    const post = body && { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${base}/whatsapp-triggers/forwards${path}`, post || {});
    return answer.ok ? answer.json() : answer.status;
  };

  it('list what waits and what is dead, without secrets and words of the customer', async () => {
    schedule(later);
    failing();
    await start({ auth: 'bearer' }, { token: 'secret-token' });
    await take(eventOf('e1', 'a'));
    failing(404);
    await forward(eventOf('e2', 'b'));
    const listed = await request('?node=forward');
    assert.deepEqual([listed.waiting, listed.dead], [1, 1]);
    assert.deepEqual(
      listed.forwards.map(({ state, status, attempts }: any) => [state, status, attempts]),
      [
        ['dead', 404, 1],
        ['waiting', 503, 1],
      ],
    );
    assert.equal(listed.forwards[0].target, sink().url);
    assert.doesNotMatch(JSON.stringify(listed), /secret-token|Ciao/);
    assert.deepEqual((await request('?node=other')).forwards, []);
  });

  it('send dead letters again, by what the node says now', async () => {
    schedule(later);
    failing(404);
    await start();
    await forward(eventOf('e1', 'a'));
    await forward(eventOf('e2', 'b'));
    await redeploy(flow({ url: `${sink().url}/right` }), 'nodes');
    recovered();
    const { forwards } = await request('');
    const out = nextInput('out');
    assert.deepEqual(await request('/resend', { ids: [forwards[0].id] }), { resent: 1 });
    assert.equal((await out)['payload'].id, 'e2');
    const last = nextInput('out');
    assert.deepEqual(await request('/resend', { node: 'forward' }), { resent: 1 });
    assert.equal((await last)['payload'].id, 'e1');
    const [, , third, fourth] = sink().received;
    assert.deepEqual([third?.path, fourth?.path], ['/right', '/right']);
    await until(async () => (await kept()).length === 0);
  });

  it('send what waits at once', async () => {
    schedule(later);
    failing();
    await start();
    await take({ payload: event });
    recovered();
    const out = nextInput('out');
    const [row] = await kept();
    await request('/resend', { ids: [row?.id] });
    assert.equal((await out)['response'].attempts, 2);
  });

  it('discard', async () => {
    schedule(later);
    failing();
    await start();
    await take(eventOf('e1', 'a'));
    const [row] = await kept();
    assert.deepEqual(await request('/discard', { ids: [row?.id] }), {});
    assert.deepEqual(await kept(), []);
    assert.equal(sink().received.length, 1);
  });

  it('refuse what they cannot read', async () => {
    await start();
    for (const body of [{}, { ids: 'x' }, { node: '' }, { ids: [], node: 'forward' }, []]) {
      assert.equal(await request('/resend', body), 400);
      assert.equal(await request('/discard', body), 400);
    }
  });
});
