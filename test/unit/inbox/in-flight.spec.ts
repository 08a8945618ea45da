import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { HookedNode } from '../../../src/inbox/hooked-node.ts';
import { type Flights, followFlights, type MessageHooks } from '../../../src/inbox/in-flight.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('an event that a node keeps', () => {
  const listeners = new Map<string, (event: never) => void>();
  const hooks: MessageHooks = {
    add: (hook, listener) => void listeners.set(hook.split('.')[0]!, listener),
    remove: () => listeners.clear(),
  };
  const holder: HookedNode = { id: 'holder', type: 'delay', _expectedDoneCount: 1 };
  const ours: HookedNode = { id: 'ours', type: 'script', _expectedDoneCount: 1 };
  const msg = { _msgid: '1' };
  let flights: Flights;
  let time: number;
  beforeEach(() => {
    time = 0;
    flights = followFlights(
      hooks,
      (node) => node === ours,
      () => time,
    );
  });
  afterEach(() => {
    mock.timers.reset();
    flights.stop();
  });

  function pass(milliseconds: number): void {
    time += milliseconds;
  }

  function flyTo(...nodes: readonly HookedNode[]) {
    return flights.fly(() =>
      nodes.forEach((node) => {
        const destination = { id: node.id, node };
        listeners.get('preDeliver')?.({ msg, destination } as never);
      }),
    );
  }

  function done(node: HookedNode): void {
    listeners.get('onComplete')?.({ msg, node: { node } } as never);
  }

  it('is let go after its time, and the node is named', async () => {
    const landing = flyTo(holder);
    pass(hour - minute);
    assert.deepEqual([...flights.letGo(hour)], []);
    pass(2 * minute);
    assert.deepEqual([...flights.letGo(hour)], [[holder, 1]]);
    assert.equal(await landing, 'let go');
  });

  it('is not let go while a node that is sure to be done has it', async () => {
    const landing = flyTo(ours);
    pass(10 * hour);
    assert.deepEqual([...flights.letGo(hour)], []);
    done(ours);
    assert.equal(await landing, 'finished');
  });

  it('has its whole time at the next node, however long such a node took', async () => {
    const landing = flyTo(ours, holder);
    pass(10 * hour);
    assert.deepEqual([...flights.letGo(hour)], []);
    done(ours);
    pass(hour - minute);
    assert.deepEqual([...flights.letGo(hour)], []);
    pass(2 * minute);
    assert.deepEqual([...flights.letGo(hour)], [[holder, 1]]);
    assert.equal(await landing, 'let go');
  });

  for (const days of [1, -1]) {
    it(`has the same time when the clock of the machine is set by ${days} day`, () => {
      void flyTo(holder);
      mock.timers.enable({ apis: ['Date'], now: Date.now() + days * 24 * hour });
      assert.deepEqual([...flights.letGo(hour)], []);
      pass(hour + minute);
      assert.deepEqual([...flights.letGo(hour)], [[holder, 1]]);
    });
  }
});
