import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createSlots } from '../../../src/script/slots.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the slots', () => {
  it('never give more places than there are, leave nobody out and keep the order', async () => {
    const steps = fc.array(fc.constantFrom('ask', 'release', 'give up'), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), steps, async (places, list) => {
        const slots = createSlots(places);
        const inside: (() => void)[] = [];
        const entered: number[] = [];
        const askers: AbortController[] = [];
        const gone = new Set<number>();
        for (const step of list) {
          if (step === 'ask') {
            const number = askers.push(new AbortController()) - 1;
            void slots.take(askers[number]!.signal).then((release) => {
              if (!release) return;
              entered.push(number);
              inside.push(release);
            });
          } else if (step === 'release') {
            inside.shift()?.();
          } else {
            const number = askers.findIndex((_, i) => !entered.includes(i) && !gone.has(i));
            if (number >= 0) gone.add(number);
            askers[number]?.abort();
          }
          await turn();
          assert.ok(inside.length <= places);
          assert.deepEqual(
            entered,
            [...entered].sort((a, b) => a - b),
          );
          const waiting = askers.length - entered.length - gone.size;
          assert.ok(waiting === 0 || inside.length === places);
        }
      }),
    );
  });

  it('give nothing to one that has already given up', async () => {
    assert.equal(await createSlots(1).take(AbortSignal.abort()), undefined);
  });
});
