import assert from 'node:assert/strict';
import { createTurns } from '../../../src/send/turns.ts';

describe('the turns of what is sent', () => {
  const { signal } = new AbortController();

  it('come one after the other for a contact, and side by side for others', async () => {
    const turns = createTurns();
    const order: string[] = [];
    const first = await turns.take('a', signal);
    const others = ['second', 'third'].map(async (name) => {
      const end = await turns.take('a', signal);
      order.push(name);
      end();
    });
    (await turns.take('b', signal))();
    assert.deepEqual(order, []);
    first();
    await Promise.all(others);
    assert.deepEqual(order, ['second', 'third']);
    assert.equal(turns.size, 0);
  });

  it('pass by who has left while it waited', async () => {
    const turns = createTurns();
    const life = new AbortController();
    const end = await turns.take('a', signal);
    const left = turns.take('a', life.signal);
    const next = turns.take('a', signal);
    life.abort(new Error('stopped'));
    await assert.rejects(left, /stopped/);
    end();
    (await next)();
    await assert.rejects(turns.take('a', life.signal), /stopped/);
    (await turns.take('a', signal))();
    assert.equal(turns.size, 0);
  });
});
