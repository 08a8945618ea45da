import assert from 'node:assert/strict';
import { forwardingOf } from '../../nodes/shared/forwarding.ts';
import { nextInput, redeploy, runtimeApi, useRuntime } from '../support/flow.ts';
import { useDurable } from '../support/durable-forward.ts';
import { event } from '../support/forward-flow.ts';
import { openSink } from '../support/sink.ts';

const chained = {
  payload: event,
  response: { statusCode: 200, headers: {}, body: { id: 'A7' } },
  error: { message: 'full' },
};

describe('a url-forward behind another one, that is sent again', () => {
  useRuntime();
  const { sink, flow, start, forward, take, schedule, failing, recovered, until, kept } =
    useDurable(0.3);

  const more = () => ({
    method: 'DELETE',
    url: `${sink().url}/orders/{{response.body.id}}?why={{error.message}}&agent={{agent}}`,
    eventData: 'none',
  });
  const resend = () =>
    forwardingOf(runtimeApi()).nodes.get('forward')?.queue.resend({ node: 'forward' });
  const urls = () => sink().received.map(({ url }) => url);

  it('is the same request, and passes nothing on of what was kept for it', async () => {
    failing(404);
    await start(more());
    await forward(chained);
    recovered();
    const out = nextInput('out');
    await resend();
    const { _msgid, ...message } = await out;
    assert.deepEqual(Object.keys(message).toSorted(), ['payload', 'response']);
    assert.equal(message['response'].body, 'fine');
    assert.deepEqual(urls(), Array(2).fill('/orders/A7?why=full&agent='));
  });

  it('goes to a new host with the values of then', async () => {
    schedule(0.5);
    failing();
    const other = await openSink();
    try {
      await start(more());
      await take(chained);
      const url = `${other.url}/orders/{{response.body.id}}`;
      await redeploy(flow({ ...more(), url }), 'nodes');
      await nextInput('out');
      assert.deepEqual(
        other.received.map(({ url }) => url),
        ['/orders/A7'],
      );
    } finally {
      await other.close();
    }
  });

  it('sends nothing and says why when it asks for what was not kept', async () => {
    failing(404);
    await start(more());
    await forward(chained);
    recovered();
    await redeploy(
      flow({ ...more(), url: `${sink().url}/orders/{{response.body.number}}` }),
      'nodes',
    );
    const caught = nextInput('caught');
    await resend();
    const { error } = await caught;
    assert.equal(error.code, 'E_TEMPLATE');
    assert.match(error.message, /\{\{response\.body\.number\}\}/);
    await until(async () => (await kept())[0]?.state === 'dead');
    assert.match((await kept())[0]?.reason ?? '', /response\.body\.number/);
    assert.equal(sink().received.length, 1);
  });
});
