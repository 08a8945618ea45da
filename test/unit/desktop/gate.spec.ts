import assert from 'node:assert/strict';
import { createGate, GateFull } from '../../../src/desktop/server/gate.ts';

describe('gate', () => {
  it('lets only so many tasks run together and the rest in their order', async () => {
    const gate = createGate(2, 10);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3, 4, 5, 6].map((id) =>
        gate(async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          order.push(id);
          running -= 1;
        }),
      ),
    );
    assert.equal(most, 2);
    assert.deepEqual(order, [1, 2, 3, 4, 5, 6]);
  });

  it('refuses whoever finds the line full', async () => {
    const gate = createGate(1, 1);
    let finish = (): void => undefined;
    const first = gate(() => new Promise<void>((resolve) => (finish = resolve)));
    const second = gate(() => Promise.resolve('second'));
    await assert.rejects(
      gate(() => Promise.resolve()),
      GateFull,
    );
    finish();
    await first;
    assert.equal(await second, 'second');
  });

  it('goes on after a task that failed', async () => {
    const gate = createGate(1, 1);
    const failing = gate(() => Promise.reject(new Error('broken')));
    const next = gate(() => Promise.resolve('next'));
    await assert.rejects(failing, /broken/);
    assert.equal(await next, 'next');
  });
});
