import assert from 'node:assert/strict';
import { join } from 'node:path';
import { firstTry, onlyTry } from '../../../src/forward/first-try.ts';
import { ForwardQueue } from '../../../src/forward/queue.ts';
import type { ForwardRequest } from '../../../src/forward/request.ts';
import { createTraffic, isPass, type Pass, type Traffic } from '../../../src/forward/traffic.ts';
import type { ForwardWork } from '../../../src/forward/work.ts';
import type { TriggerStore } from '../../../src/store/contract.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from '../../support/temp-folder.ts';

const target = 'https://crm.example';
const lane = 'account anna';
const removed = 'The node was removed.';

const requestOf = (id: string): ForwardRequest => {
  return { id, method: 'POST', url: `${target}/`, headers: {}, body: '', timeout: 15_000 };
};

describe('the first try of a forward', () => {
  const folder = useTempFolder();
  let store: TriggerStore;
  let queue: ForwardQueue;
  let life: AbortController;
  /** Whether the target takes no tries now. */
  let isRefused: boolean;
  let tried: string[];
  let passedOn: string[];
  let told: () => void;

  const door: Traffic = {
    enter: async () => (isRefused ? { wait: 0 } : { leave: () => undefined }),
  };
  let traffic: Traffic;
  const work = (): ForwardWork => ({
    node: 'n1',
    target,
    schedule: [60],
    traffic: { enter: (name, wish) => traffic.enter(name, wish) },
    attempt: async ({ id }) => {
      tried.push(id);
      return { answer: { statusCode: 200, headers: {}, body: '' } };
    },
    rebuild: () => assert.fail(),
    passOn: async ({ id }) => {
      await store.removeForwards({ ids: [id] });
      passedOn.push(id);
      told();
    },
    isPassing: () => false,
    tried: () => undefined,
    failed: () => assert.fail(),
    changed: () => undefined,
    problem: (error) => assert.fail(error),
  });
  const first = (id: string, signal = life.signal) => {
    const fresh = {
      request: requestOf(id),
      lane,
      redelivered: false,
      isAsked: false,
      message: () => '{}',
    };
    return firstTry(fresh, { work: work(), queue, store, signal });
  };
  async function busy(): Promise<readonly Pass[]> {
    traffic = createTraffic();
    const { signal } = new AbortController();
    const places = Array.from({ length: 4 }, () => traffic.enter(target, { signal }));
    return (await Promise.all(places)).filter(isPass);
  }
  async function untilPassedOn(count: number): Promise<void> {
    while (passedOn.length < count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      told = resolve;
      await promise;
    }
  }

  beforeEach(async () => {
    store = await openEmbeddedStore({ file: join(folder(), 'store.sqlite'), retentionDays: 30 });
    queue = new ForwardQueue(work());
    life = new AbortController();
    traffic = door;
    isRefused = false;
    tried = [];
    passedOn = [];
    told = () => undefined;
    await queue.attach(store);
  });
  afterEach(async () => {
    await queue.close();
    await store.close();
  });

  it('is kept once for an event that comes twice at a time, and holds its contact no longer than it waits', async () => {
    isRefused = true;
    assert.deepEqual(await Promise.all([first('e1'), first('e1')]), [undefined, undefined]);
    assert.deepEqual(queue.counts, { waiting: 1, dead: 0 });
    isRefused = false;
    await untilPassedOn(1);
    while (queue.counts.waiting > 0) await store.measure();
    assert.equal((await first('e2'))?.answer?.statusCode, 200);
    assert.deepEqual(tried, ['e1', 'e2']);
  });

  it('goes behind an earlier one of its contact that was kept while both waited for a place', async () => {
    const passes = await busy();
    const patience = new AbortController();
    const both = [first('e1', patience.signal), first('e2')];
    await store.measure();
    patience.abort();
    await store.measure();
    passes[0]?.leave(undefined);
    assert.deepEqual(await Promise.all(both), [undefined, undefined]);
    passes.forEach((pass) => pass.leave(undefined));
    await untilPassedOn(2);
    assert.deepEqual(tried, ['e1', 'e2']);
  });

  it('is a dead letter with the reason when its node is removed while it waits for a place', async () => {
    await busy();
    const outcome = first('e1');
    await store.measure();
    await queue.close(removed);
    life.abort();
    const { error } = (await outcome) ?? {};
    assert.deepEqual([error?.code, error?.message], ['E_CONFIG', removed]);
    const kept = await store.forward('e1');
    assert.deepEqual([kept?.state, kept?.reason, kept?.attempts], ['dead', removed, 0]);
  });

  it('waits for the successor of its node when that is only stopped', async () => {
    await busy();
    const outcome = first('e1');
    await store.measure();
    await queue.close();
    life.abort();
    assert.equal(await outcome, undefined);
    assert.equal((await store.forward('e1'))?.state, 'waiting');
  });

  it('is left to the successor when its node is stopped before there is a place, behind what waits there', async () => {
    const passes = await busy();
    const outcome = first('e2');
    await store.measure();
    await queue.close();
    passes[0]?.leave(undefined);
    assert.equal(await outcome, undefined);
    assert.equal((await store.forward('e2'))?.state, 'waiting');
    assert.deepEqual(tried, []);
  });

  it('says that the node was stopped where it was, also when there is but one', async () => {
    isRefused = true;
    life.abort();
    const { error } = await onlyTry(requestOf('e1'), work(), life.signal);
    assert.deepEqual([error?.code, error?.message], ['E_HTTP_NETWORK', 'The node was stopped.']);
  });
});
