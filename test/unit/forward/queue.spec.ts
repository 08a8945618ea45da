import assert from 'node:assert/strict';
import { join } from 'node:path';
import { firstTry } from '../../../src/forward/first-try.ts';
import { ForwardQueue } from '../../../src/forward/queue.ts';
import type { ForwardRequest } from '../../../src/forward/request.ts';
import { createTraffic, isPass, type Pass } from '../../../src/forward/traffic.ts';
import type { ForwardWork } from '../../../src/forward/work.ts';
import type { TriggerStore } from '../../../src/store/contract.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import type { KeptForward } from '../../../src/store/forwards.ts';
import { useTempFolder } from '../../support/temp-folder.ts';

const target = 'https://crm.example';
const waiting: KeptForward = {
  id: 'f',
  node: 'n1',
  target,
  lane: '',
  request: '{"id":"f"}',
  message: '{"payload":1}',
  state: 'waiting',
  attempts: 1,
  nextAt: 0,
  createdAt: 0,
  code: undefined,
  reason: undefined,
  status: undefined,
};

describe('what a url-forward node has kept', () => {
  const folder = useTempFolder();
  const traffic = createTraffic();
  const { signal } = new AbortController();
  let store: TriggerStore;
  let queue: ForwardQueue;
  let tried: string[];
  let passedOn: string[];
  let over: () => void;

  beforeEach(async () => {
    store = await openEmbeddedStore({ file: join(folder(), 'store.sqlite'), retentionDays: 30 });
    tried = [];
    passedOn = [];
  });
  afterEach(async () => {
    await queue.close();
    await store.close();
  });

  const work = (): ForwardWork => ({
    node: 'n1',
    target,
    schedule: [60],
    traffic,
    attempt: async ({ id }) => {
      tried.push(id);
      return { answer: { statusCode: 200, headers: {}, body: '' } };
    },
    rebuild: () => assert.fail(),
    passOn: async ({ id, message }) => {
      passedOn.push(message);
      await store.removeForwards({ ids: [id] });
      over();
    },
    isPassing: () => false,
    tried: () => undefined,
    failed: () => assert.fail(),
    changed: () => undefined,
    problem: (error) => assert.fail(error),
  });

  async function busy(): Promise<readonly Pass[]> {
    const passes = await Promise.all(
      Array.from({ length: 4 }, () => traffic.enter(target, { signal })),
    );
    return passes.filter(isPass);
  }

  it('is tried once, however often it is sent again while the target is busy', async () => {
    const { promise: isOver, resolve } = Promise.withResolvers<void>();
    over = resolve;
    const passes = await busy();
    await store.keepForward(waiting);
    queue = new ForwardQueue(work());
    await queue.attach(store);
    for (let round = 0; round < 3; round += 1) await queue.resend({ ids: ['f'] });
    passes.forEach((pass) => pass.leave(undefined));
    await isOver;
    await store.measure();
    assert.deepEqual(tried, ['f']);
  });

  it('begins anew as its message is now when it is asked for and comes through the flow', async () => {
    const { promise: isOver, resolve } = Promise.withResolvers<void>();
    over = resolve;
    await store.keepForward({ ...waiting, state: 'dead' });
    queue = new ForwardQueue(work());
    await queue.attach(store);
    const request = { id: 'f' } as ForwardRequest;
    const fresh = { request, lane: '', redelivered: true, message: () => '{"payload":2}' };
    const context = { work: work(), queue, store, signal };
    const refused = await firstTry({ ...fresh, isAsked: false }, context);
    assert.ok(refused?.error);
    assert.deepEqual(queue.counts, { waiting: 0, dead: 1 });
    assert.equal(await firstTry({ ...fresh, isAsked: true }, context), undefined);
    await isOver;
    assert.deepEqual([tried, passedOn], [['f'], ['{"payload":2}']]);
    assert.equal(queue.counts.dead, 0);
  });

  it('comes at once, and once, when what waits is asked for', async () => {
    const { promise: isOver, resolve } = Promise.withResolvers<void>();
    over = resolve;
    await store.keepForward({ ...waiting, nextAt: Date.now() + 3_600_000 });
    queue = new ForwardQueue(work());
    await queue.attach(store);
    const request = { id: 'f' } as ForwardRequest;
    const fresh = { request, lane: '', redelivered: true, message: () => '{"payload":2}' };
    const context = { work: work(), queue, store, signal };
    assert.equal(await firstTry({ ...fresh, isAsked: true }, context), undefined);
    await isOver;
    assert.deepEqual([tried, passedOn], [['f'], ['{"payload":1}']]);
  });
});
