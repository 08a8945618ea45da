import assert from 'node:assert/strict';
import { createGate } from '../../../src/inbox/gate.ts';

describe('the gate', () => {
  it('lets those who waited go on in their order', async () => {
    const gate = createGate();
    const passed: number[] = [];
    gate.shut();
    const all = [1, 2, 3].map((n) => gate.pass().then(() => passed.push(n)));
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
    const pass = gate.pass().then(() => {
      passed = true;
    });
    gate.open();
    gate.shut();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(passed, false);
    gate.open();
    await pass;
  });
});
