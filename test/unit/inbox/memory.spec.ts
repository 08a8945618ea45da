import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createMemory, memoryLimits } from '../../../src/inbox/memory.ts';

const { all, fresh, freshFor } = memoryLimits;

describe('the memory of an inbox', () => {
  it('has room for so many fresh events', () => {
    const memory = createMemory();
    assert.equal(memory.room(0), fresh);
    for (let event = 0; event < fresh; event++) memory.enter(0);
    assert.equal(memory.room(0), 0);
  });

  it('has room again as soon as one leaves', () => {
    const memory = createMemory();
    const places = Array.from({ length: fresh }, () => memory.enter(0));
    places[7]?.();
    places[7]?.();
    assert.equal(memory.room(0), 1);
  });

  it('takes others while events stay in the flow, up to its limit for all', () => {
    const memory = createMemory();
    let now = 0;
    let held = 0;
    for (; memory.room(now) > 0; now += freshFor) {
      for (let room = memory.room(now); room > 0; room--, held++) memory.enter(now);
    }
    assert.equal(held, all);
    assert.equal(memory.room(now + 1_000_000), 0);
  });

  it('never has more in it than its limits, and all of its room when all have left', () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: freshFor }),
      enter: fc.integer({ min: 0, max: fresh }),
      leave: fc.integer({ min: 0, max: fresh }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const memory = createMemory();
        const inside: { at: number; leave: () => void }[] = [];
        let now = 0;
        for (const { wait, enter, leave } of steps) {
          now += wait;
          for (let count = 0; count < enter && memory.room(now) > 0; count++) {
            inside.push({ at: now, leave: memory.enter(now) });
          }
          for (const gone of inside.splice(0, leave)) gone.leave();
          const young = inside.filter(({ at }) => now - at < freshFor).length;
          assert.equal(memory.room(now), Math.min(all - inside.length, fresh - young));
        }
        inside.forEach(({ leave }) => leave());
        assert.equal(memory.room(now), fresh);
      }),
    );
  });
});
