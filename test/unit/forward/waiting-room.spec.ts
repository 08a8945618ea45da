import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { createWaitingRoom, type Waiting } from '../../../src/forward/waiting-room.ts';
import type { ForwardStore } from '../../../src/store/forwards.ts';

const store = {} as ForwardStore;

describe('the waiting room of forwards', () => {
  let due: string[];
  let room: ReturnType<typeof createWaitingRoom>;
  beforeEach(() => {
    due = [];
    room = createWaitingRoom((id) => due.push(id), 1_000);
  });
  afterEach(() => room.clear());

  const waiting = (id: string, lane = '', more: Partial<Waiting> = {}): Waiting => ({
    id,
    lane,
    store,
    createdAt: Date.now(),
    nextAt: Date.now(),
    attempts: 1,
    ...more,
  });
  const soon = () => setTimeout(20);

  it('calls each when its time has come', async () => {
    room.add(waiting('a'));
    room.add(waiting('b', '', { nextAt: Date.now() + 500 }));
    await soon();
    assert.deepEqual(due, ['a']);
    room.postpone('b', Date.now());
    await soon();
    assert.deepEqual(due, ['a', 'b']);
  });

  it('holds those of a lane behind the first, and no others', async () => {
    room.add(waiting('a1', 'anna', { nextAt: Date.now() + 500 }));
    room.add(waiting('a2', 'anna'));
    room.add(waiting('b1', 'bruno'));
    assert.ok(room.holds('anna') && !room.holds('carla') && !room.holds(''));
    await soon();
    assert.deepEqual(due, ['b1']);
    room.remove('a1');
    await soon();
    assert.deepEqual(due, ['b1', 'a2']);
  });

  it('lets the later ones pass one that waits for more than a minute', async () => {
    const early = Date.now() - 60_000;
    room.add(waiting('a1', 'anna', { createdAt: early, nextAt: Date.now() + 500 }));
    room.add(waiting('a2', 'anna'));
    await soon();
    assert.deepEqual(due, ['a2']);
    assert.equal(room.size, 2);
  });

  it('lets none pass that was never tried, however long it waits', async () => {
    const old = { createdAt: Date.now() - 60_000, attempts: 0 };
    room.add(waiting('a1', 'anna', old));
    room.add(waiting('a2', 'anna', old));
    await soon();
    assert.deepEqual(due, ['a1']);
    assert.ok(room.holds('anna'));
    room.failed('a1', Date.now() + 500);
    await soon();
    assert.deepEqual(due, ['a1', 'a2']);
    room.remove('a2');
    assert.ok(!room.holds('anna') && room.has('a1'));
  });

  it('keeps order when one in the middle goes', async () => {
    room.add(waiting('a1', 'anna', { nextAt: Date.now() + 500 }));
    room.add(waiting('a2', 'anna'));
    room.add(waiting('a3', 'anna'));
    room.remove('a2');
    room.remove('a1');
    await soon();
    assert.deepEqual(due, ['a3']);
    room.remove('a3');
    assert.ok(!room.holds('anna'));
  });

  it('takes what waits already no second time', () => {
    room.add(waiting('a1', 'anna'));
    room.add(waiting('a1', 'anna'));
    room.remove('a1');
    assert.ok(!room.holds('anna'));
  });

  it('waits no longer than it could have from the start when the clock is set back', async () => {
    room = createWaitingRoom((id) => due.push(id), 10);
    room.add(waiting('a', '', { nextAt: Date.now() + 86_400_000 }));
    await setTimeout(30);
    assert.deepEqual(due, ['a']);
  });

  it('drops what a closed store has kept', async () => {
    room.add(waiting('a', '', { store: {} as ForwardStore }));
    room.add(waiting('b'));
    room.drop(store);
    await soon();
    assert.deepEqual(due, ['a']);
    assert.ok(!room.has('b'));
  });
});
