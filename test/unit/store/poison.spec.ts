import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredEvent, TriggerStore } from '../../../src/store/contract.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { incoming, noon } from './conformance.ts';

describe('an event that may be what ends the process', () => {
  const folder = useTempFolder();
  const stores: TriggerStore[] = [];
  let setAside: number[];
  beforeEach(() => {
    setAside = [];
  });
  afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())));

  async function open(life: number): Promise<TriggerStore> {
    const store = await openEmbeddedStore({
      file: join(folder(), String(life), 'store.sqlite'),
      retentionDays: 30,
      setAside: (events) => setAside.push(events),
    });
    stores.push(store);
    return store;
  }

  /** What a process would find that starts after this life was cut off now. */
  async function crash(life: number): Promise<TriggerStore> {
    await cp(join(folder(), String(life)), join(folder(), String(life + 1)), { recursive: true });
    return open(life + 1);
  }

  const seqs = (events: readonly StoredEvent[]): number[] => events.map(({ seq }) => seq);
  const alone = (events: readonly StoredEvent[]): boolean[] =>
    events.map((event) => event.alone ?? false);

  it('is taken alone after two crashes, and set aside after a third, but nothing beside it', async () => {
    let store = await open(0);
    const facts = [incoming(), incoming(), incoming()];
    const { events } = await store.ingest({ facts, receivedAt: noon }, true);
    const [one, two, three] = seqs(events) as [number, number, number];

    store = await crash(0);
    const second = await store.take(0, 10);
    assert.deepEqual(
      [seqs(second), alone(second)],
      [
        [one, two, three],
        [false, false, false],
      ],
    );

    store = await crash(1);
    const first = await store.take(0, 10);
    assert.deepEqual([seqs(first), alone(first)], [[one], [true]]);
    const next = await store.take(one, 10);
    assert.deepEqual([seqs(next), alone(next)], [[two], [true]]);
    assert.deepEqual(setAside, []);

    store = await crash(2);
    assert.deepEqual(setAside, [1]);
    const [kept, ...more] = await store.quarantined(10);
    assert.equal(more.length, 0);
    assert.equal(JSON.parse(kept!.body).id, events[1]!.event.id);
    assert.deepEqual(seqs(await store.take(0, 10)), [one]);
    assert.deepEqual(seqs(await store.take(one, 10)), [three]);
    assert.deepEqual(await store.take(three, 10), []);
  });

  it('is acquitted when others could come after it, however many crashes follow', async () => {
    let store = await open(0);
    await store.ingest({ facts: [incoming(), incoming()], receivedAt: noon }, true);
    for (let life = 0; life < 8; life++) {
      store = await crash(life);
      let [last] = await store.take(0, 10);
      while (last) [last] = await store.take(last.seq, 10);
    }
    assert.deepEqual(setAside, []);
    assert.equal((await (await crash(8)).take(0, 10)).length, 1);
  });

  it('has a clean sheet after an orderly end', async () => {
    let store = await open(0);
    await store.ingest({ facts: [incoming()], receivedAt: noon }, true);
    for (let life = 0; life < 2; life++) {
      store = await crash(life);
      await store.take(0, 1);
    }
    await store.close();
    const again = await open(2);
    assert.deepEqual(alone(await again.take(0, 10)), [false]);
  });
});
