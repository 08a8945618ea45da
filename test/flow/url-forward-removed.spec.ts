import assert from 'node:assert/strict';
import { forwardingOf } from '../../nodes/shared/forwarding.ts';
import { houseOf } from '../../nodes/shared/house.ts';
import type { ForwardSummary } from '../../src/store/forwards.ts';
import {
  type FlowNode,
  nextInput,
  node,
  redeploy,
  runtimeApi,
  stop,
  useRuntime,
} from '../support/flow.ts';
import { useDurable } from '../support/durable-forward.ts';

const later = 60;
const removed = 'url-forward.error.removed';

describe('what waits at a url-forward', () => {
  useRuntime();
  const { sink, flow, start, take, failing, recovered, eventOf, until } = useDurable(later);

  beforeEach(() => failing());

  /** The flow without the node, and with another that opens the store. */
  const without = (...others: FlowNode[]): FlowNode[] => [
    ...flow({ id: 'other' }).filter(({ id }) => id !== 'forward'),
    ...others,
  ];
  async function kept(): Promise<ForwardSummary | undefined> {
    const [inbox] = houseOf(runtimeApi()).inboxes;
    const [row] = (await inbox?.store.forwards(undefined, 10)) ?? [];
    return row;
  }
  async function untilCancelled(): Promise<void> {
    await until(async () => (await kept())?.state === 'dead');
    assert.equal((await kept())?.reason, removed);
  }

  it('waits on while the node is disabled, and goes on when it is enabled', async () => {
    await start();
    await take(eventOf('e1'));
    await redeploy(flow({ d: true }));
    await redeploy(flow());
    assert.equal((await kept())?.state, 'waiting');
    recovered();
    const out = nextInput('out');
    await forwardingOf(runtimeApi())
      .nodes.get('forward')
      ?.queue.resend({ ids: [(await kept())?.id ?? ''] });
    assert.equal((await out)['payload'].id, 'e1');
  });

  it('becomes dead letters when the node is removed while it is disabled', async () => {
    await start();
    await take(eventOf('e1'));
    await redeploy(flow({ d: true }));
    await redeploy(without());
    await untilCancelled();
  });

  it('becomes dead letters when the node is removed after it was set to one try', async () => {
    await start();
    await take(eventOf('e1'));
    await redeploy(flow({ retry: 'none' }), 'nodes');
    await redeploy(without());
    await untilCancelled();
  });

  it('becomes dead letters when the node was removed while Node-RED was down', async () => {
    await start();
    await take(eventOf('e1'));
    await stop();
    await start({ id: 'other' });
    await untilCancelled();
  });

  describe('in a subflow', () => {
    const instance: FlowNode = { id: 'inst', type: 'subflow:sf', z: 'tab', wires: [] };
    const subflow = (): FlowNode[] => [
      { id: 'sf', type: 'subflow', in: [{ x: 1, y: 1, wires: [{ id: 'nested' }] }], out: [] },
      { id: 'nested', type: 'subflow:deep', z: 'sf', wires: [] },
      { id: 'deep', type: 'subflow', in: [{ x: 1, y: 1, wires: [{ id: 'inner' }] }], out: [] },
      {
        id: 'inner',
        type: 'url-forward',
        z: 'deep',
        url: sink().url,
        allow: ['127.0.0.1'],
        wires: [[]],
      },
    ];
    const entry: FlowNode = { id: 'entry', type: 'helper', z: 'tab', wires: [['inst']] };

    beforeEach(async () => {
      await start({}, {}, ...subflow(), instance, entry);
      node('entry')['send'](eventOf('e1'));
      await until(async () => (await kept()) !== undefined);
    });

    it('waits on when the flow is only redeployed', async () => {
      await redeploy(flow({ name: 'New' }, ...subflow(), instance, entry));
      await until(async () => (await kept()) !== undefined);
      assert.equal((await kept())?.state, 'waiting');
    });

    it('becomes dead letters when the instance is removed', async () => {
      await redeploy(flow({}, ...subflow()));
      await untilCancelled();
    });
  });
});
