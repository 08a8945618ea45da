import assert from 'node:assert/strict';
import { createGate } from '../../../src/inbox/gate.ts';

describe('the gate', () => {
  it('lets those who waited go on in their order', async () => {
    const gate = createGate();
    const passed: number[] = [];
    gate.shut();
    const all = [1, 2, 3].map(async (n) => {
      await gate.pass();
      passed.push(n);
    });
    await Promise.resolve();
    assert.deepEqual(passed, []);
    gate.open();
    await Promise.all(all);
    assert.deepEqual(passed, [1, 2, 3]);
  });

  it('holds those who had not gone on when it was shut again', async () => {
    const gate = createGate();
    gate.shut();
    let passed = false;
    const pass = gate.pass()?.then(() => {
      passed = true;
    });
    gate.open();
    gate.shut();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(passed, false);
    gate.open();
    await pass;
    assert.equal(passed, true);
  });

  it('lets a few pass at once and a crowd over several turns, in their order', async () => {
    const gate = createGate();
    assert.equal(gate.pass(), undefined);
    const passed: number[] = [];
    const turns: number[] = [];
    let on = true;
    const watch = (): void => {
      turns.push(passed.length);
      if (on) setImmediate(watch);
    };
    watch();
    const crowd = Array.from({ length: 500 }, (_, n) => n);
    await Promise.all(
      crowd.map(async (n) => {
        await gate.pass();
        passed.push(n);
      }),
    );
    on = false;
    assert.deepEqual(passed, crowd);
    const most = Math.max(...turns.map((count, turn) => count - (turns[turn - 1] ?? 0)));
    assert.ok(most <= 64, `${most} in one turn`);
  });
});
