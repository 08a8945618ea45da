import assert from 'node:assert/strict';
import { gather } from '../../../src/desktop/server/gather.ts';

describe('gathering', () => {
  const asked: (readonly number[])[] = [];
  const twice = gather(async (items: readonly number[]) => {
    asked.push(items);
    return items.map((item) => 2 * item);
  });
  beforeEach(() => void asked.splice(0));

  it('asks once for all that comes within a turn, and gives each its own answer', async () => {
    assert.deepEqual(await Promise.all([1, 2, 3].map(twice)), [2, 4, 6]);
    assert.deepEqual(asked, [[1, 2, 3]]);
  });

  it('asks again for what comes while an answer is awaited', async () => {
    const first = twice(1);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(await Promise.all([first, twice(2)]), [2, 4]);
    assert.deepEqual(asked, [[1], [2]]);
  });

  it('fails for all of a turn together, and for nobody else', async () => {
    let fails = true;
    const ask = gather(async (items: readonly number[]) => {
      if (fails) throw new Error('no store');
      return items;
    });
    const failed = await Promise.allSettled([ask(1), ask(2)]);
    assert.deepEqual(
      failed.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    fails = false;
    assert.equal(await ask(3), 3);
  });
});
