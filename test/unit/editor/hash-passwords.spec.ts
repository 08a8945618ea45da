import assert from 'node:assert/strict';
import { requestHashes } from '../../../nodes/shared/hash-password.editor.ts';

describe('the hashes of imported passwords', () => {
  it('come in the order of the passwords, and say how many are done', async () => {
    const told: number[] = [];
    const hashes = await requestHashes(
      ['a', 'b', 'c'],
      (done) => told.push(done),
      async (password) => `#${password}`,
    );
    assert.deepEqual(hashes, ['#a', '#b', '#c']);
    assert.deepEqual(told, [1, 2, 3]);
  });

  it('are neither asked for nor told of after one of them has failed', async () => {
    const told: number[] = [];
    const asked: string[] = [];
    const second = Promise.withResolvers<string>();
    const hashes = requestHashes(
      ['a', 'b', 'c', 'd'],
      (done) => told.push(done),
      async (password) => {
        asked.push(password);
        if (password === 'a') throw new Error('No more.');
        return second.promise;
      },
    );
    await assert.rejects(hashes, /No more/);
    second.resolve('#b');
    await new Promise(setImmediate);
    assert.deepEqual(asked, ['a', 'b']);
    assert.deepEqual(told, []);
  });
});
