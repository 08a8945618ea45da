import assert from 'node:assert/strict';
import { countDeadLetters } from '../../../src/forward/dead-letters.ts';
import type { ForwardStore } from '../../../src/store/forwards.ts';

describe('the count of dead letters', () => {
  let kept: number[];
  let asked: number;
  const storeOf = (at: number): ForwardStore => {
    const countForwards = async () => {
      asked += 1;
      return { waiting: 7, dead: kept[at] ?? 0 };
    };
    return { countForwards } as unknown as ForwardStore;
  };
  const stores = [storeOf(0), storeOf(1)];
  beforeEach(() => {
    kept = [1, 1];
    asked = 0;
  });

  it('is that of all stores, and of those that were kept since', async () => {
    const letters = countDeadLetters('n', () => stores, 9);
    await letters.recount();
    letters.add();
    assert.equal(letters.count, 3);
    assert.equal(await letters.isFull(), false);
  });

  it('is asked for anew before it is full: the oldest may have gone meanwhile', async () => {
    const letters = countDeadLetters('n', () => stores, 2);
    await letters.recount();
    kept = [0, 1];
    assert.equal(await letters.isFull(), false);
    assert.equal(letters.count, 1);
  });

  it('does not ask for each one again when it is full in truth', async () => {
    const letters = countDeadLetters('n', () => stores, 2);
    await letters.recount();
    for (let time = 0; time < 3; time += 1) assert.equal(await letters.isFull(), true);
    assert.equal(asked, 4);
  });
});
