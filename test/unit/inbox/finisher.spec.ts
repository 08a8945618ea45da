import assert from 'node:assert/strict';
import { createFinisher } from '../../../src/inbox/finisher.ts';

describe('what has finished', () => {
  it('is told to the store together', async () => {
    const told: (readonly number[])[] = [];
    const done = Promise.withResolvers<void>();
    const finisher = createFinisher(
      async (seqs) => {
        told.push(seqs);
        done.resolve();
      },
      (error) => assert.fail(String(error)),
    );
    [1, 2, 3].forEach((seq) => finisher.finished(seq));
    await done.promise;
    assert.deepEqual(told, [[1, 2, 3]]);
    await finisher.end();
  });

  it('is told again when the store could not take it, such as on a full disk', async () => {
    const told: (readonly number[])[] = [];
    const problems: unknown[] = [];
    const done = Promise.withResolvers<void>();
    const finisher = createFinisher(
      async (seqs) => {
        told.push(seqs);
        if (told.length === 1) throw new Error('disk full');
        done.resolve();
      },
      (error) => problems.push(error),
    );
    finisher.finished(1);
    await done.promise;
    assert.deepEqual(told, [[1], [1]]);
    assert.equal(problems.length, 1);
    await finisher.end();
  });

  it('is told at once at the end', async () => {
    const told: (readonly number[])[] = [];
    const finisher = createFinisher(
      async (seqs) => void told.push(seqs),
      (error) => assert.fail(String(error)),
    );
    finisher.finished(7);
    await finisher.end();
    assert.deepEqual(told, [[7]]);
  });
});
