import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLanes } from '../../../src/inbox/lanes.ts';

describe('lanes', () => {
  it('begin the tasks of a lane in order, whatever each takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(3)), { maxLength: 30 }),
        async (tasks) => {
          const lanes = createLanes();
          const begun: Record<string, number[]> = { a: [], b: [], c: [] };
          await Promise.all(
            tasks.map(
              ([lane, turns], index) =>
                new Promise<void>((resolve) => {
                  lanes.enter(lane, async () => {
                    begun[lane]!.push(index);
                    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
                    resolve();
                  });
                }),
            ),
          );
          for (const order of Object.values(begun)) {
            assert.deepEqual(
              order,
              order.toSorted((x, y) => x - y),
            );
          }
          lanes.clear();
        },
      ),
      { numRuns: 50 },
    );
  });

  it('run side by side: one that never ends holds no other', async () => {
    const lanes = createLanes();
    lanes.enter('slow', () => new Promise(() => undefined));
    await new Promise<void>((resolve) => lanes.enter('fast', async () => resolve()));
    lanes.clear();
  });

  it('go on after a task that fails', async () => {
    const lanes = createLanes();
    lanes.enter('a', () => Promise.reject(new Error('no')));
    await new Promise<void>((resolve) => lanes.enter('a', async () => resolve()));
    lanes.clear();
  });

  it('let the next one begin when one takes for ever', async () => {
    const lanes = createLanes();
    lanes.enter('a', () => new Promise(() => undefined));
    await new Promise<void>((resolve) => lanes.enter('a', async () => resolve()));
    assert.equal(lanes.waiting, 0);
    lanes.clear();
  });

  it('wait for such a task less each time: a hundred of them pass in seconds', async () => {
    const lanes = createLanes();
    for (let n = 0; n < 100; n++) lanes.enter('a', () => new Promise(() => undefined));
    await new Promise<void>((resolve) => lanes.enter('a', async () => resolve()));
    lanes.clear();
  }).timeout(15_000);

  it('begin nothing more once they are cleared', async () => {
    const lanes = createLanes();
    const { promise, resolve } = Promise.withResolvers<void>();
    let begun = false;
    lanes.enter('a', () => promise);
    lanes.enter('a', async () => {
      begun = true;
    });
    lanes.clear();
    resolve();
    await new Promise(setImmediate);
    assert.equal(begun, false);
  });
});
