import assert from 'node:assert/strict';
import { createTraffic, isPass, type Pass, type Traffic } from '../../../src/forward/traffic.ts';

const { signal } = new AbortController();

/** Enters and answers the pass, or 'waiting' when there is none within this turn. */
async function enter(traffic: Traffic, target: string): Promise<Pass | 'waiting'> {
  const answer = await Promise.race([traffic.enter(target, { signal }), turn()]);
  if (answer === 'waiting') return answer;
  return isPass(answer) ? answer : assert.fail('It was refused.');
}
const turn = (): Promise<'waiting'> => new Promise((resolve) => setImmediate(resolve, 'waiting'));

describe('the traffic of all url-forward nodes', () => {
  it('lets four through to one target, and the next as one comes back', async () => {
    const traffic = createTraffic();
    const passes = await Promise.all(Array.from({ length: 4 }, () => enter(traffic, 'a')));
    const fifth = traffic.enter('a', { signal });
    assert.equal(await Promise.race([fifth, turn()]), 'waiting');
    (passes[0] as Pass).leave(false);
    assert.ok(isPass(await fifth));
  });

  it('lets 32 through in all, and serves targets in turn', async () => {
    const traffic = createTraffic();
    const passes = await Promise.all(
      Array.from({ length: 32 }, (_, at) => enter(traffic, `target ${at % 8}`)),
    );
    assert.ok(passes.every((pass) => pass !== 'waiting'));
    const order: string[] = [];
    for (const target of ['x', 'x', 'y']) {
      void traffic.enter(target, { signal }).then(() => order.push(target));
    }
    await turn();
    assert.deepEqual(order, []);
    (passes[0] as Pass).leave(false);
    (passes[1] as Pass).leave(false);
    await turn();
    assert.deepEqual(new Set(order), new Set(['x', 'y']));
    assert.equal(order.length, 2);
  });

  it('counts a pass that is given back twice once', async () => {
    const traffic = createTraffic();
    const passes = await Promise.all(Array.from({ length: 4 }, () => enter(traffic, 'a')));
    const waiting = [traffic.enter('a', { signal }), traffic.enter('a', { signal })];
    (passes[0] as Pass).leave(false);
    (passes[0] as Pass).leave(false);
    await waiting[0];
    assert.equal(await Promise.race([waiting[1], turn()]), 'waiting');
  });

  it('gives a place to the next when the one it is for must not take it any more', async () => {
    const traffic = createTraffic();
    const passes = await Promise.all(Array.from({ length: 4 }, () => enter(traffic, 'a')));
    const held = traffic.enter('a', { signal, isHeld: () => true });
    const next = traffic.enter('a', { signal, isHeld: () => false });
    (passes[0] as Pass).leave(false);
    assert.deepEqual(await held, { wait: 0 });
    assert.ok(isPass(await next));
  });

  it('gives up when patience ends, or with the node', async () => {
    const traffic = createTraffic();
    for (let i = 0; i < 4; i++) await enter(traffic, 'a');
    assert.deepEqual(await traffic.enter('a', { signal, patience: 1 }), { wait: 0 });
    const life = new AbortController();
    const waiting = traffic.enter('a', { signal: life.signal });
    life.abort();
    assert.deepEqual(await waiting, { wait: 0 });
    assert.deepEqual(await traffic.enter('a', { signal: life.signal }), { wait: 0 });
  });

  it('keeps tries from a target that fails, lets one find out, and opens again', async () => {
    let now = 0;
    const traffic = createTraffic(() => now);
    for (let i = 0; i < 20; i++) ((await enter(traffic, 'a')) as Pass).leave(true);
    assert.deepEqual(await traffic.enter('a', { signal }), { wait: 30_000 });
    assert.ok(isPass(await traffic.enter('b', { signal })));
    assert.ok(isPass(await traffic.enter('a', { signal, regardless: true })));
    now = 30_000;
    const probe = await traffic.enter('a', { signal });
    assert.ok(isPass(probe));
    assert.ok(!isPass(await traffic.enter('a', { signal })));
    probe.leave(false);
    assert.ok(isPass(await traffic.enter('a', { signal })));
  });

  it('tells those who wait for a place when the target is given a pause', async () => {
    const traffic = createTraffic(() => 0);
    for (let i = 0; i < 19; i++) ((await enter(traffic, 'a')) as Pass).leave(true);
    const last = await Promise.all(Array.from({ length: 4 }, () => enter(traffic, 'a')));
    const waiting = traffic.enter('a', { signal });
    (last[0] as Pass).leave(true);
    assert.deepEqual(await waiting, { wait: 30_000 });
  });
});
