import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TriggerStore } from '../../../src/store/contract.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { type SmallDisk, smallDisk } from '../../support/small-disk.ts';
import { incoming, noon } from './conformance.ts';

describe('a store on a disk that is full', () => {
  let disk: SmallDisk;
  beforeEach(async () => {
    disk = await smallDisk(24);
  });
  afterEach(() => disk?.remove());

  const open = (): Promise<TriggerStore> =>
    openEmbeddedStore({
      file: join(disk.path, 'store.sqlite'),
      retentionDays: 30,
      bounds: { freePercent: 0, freeBytes: 0 },
    });

  const some = () => ({
    facts: Array.from({ length: 40 }, (_, n) => incoming(`+39${n}`)),
    receivedAt: noon,
  });

  it('rejects what it cannot keep, loses nothing, and goes on when there is room again', async () => {
    let store = await open();
    const acknowledged: number[] = [];
    const ingest = async () => {
      const { events } = await store.ingest(some(), true);
      acknowledged.push(...events.map(({ seq }) => seq));
      return events;
    };
    const first = await ingest();
    await disk.fill();
    let refused = 0;
    for (let n = 0; n < 20; n += 1) await ingest().catch(() => (refused += 1));
    assert.ok(refused > 10, `only ${refused} of 20 were refused`);

    await disk.free();
    await ingest();
    const done = first.slice(0, 10).map(({ seq }) => seq);
    await store.finish(done);
    await store.close();
    store = await open();
    const again = await store.take(0, Number.MAX_SAFE_INTEGER);
    assert.deepEqual(
      again.map(({ seq }) => seq),
      acknowledged.filter((seq) => !done.includes(seq)),
    );
    await store.close();
  });

  it('keeps a backlog that has filled the disk, and says so when it is opened there', async () => {
    const store = await open();
    const seqs: number[] = [];
    const ingest = async () => {
      const { events } = await store.ingest(some(), true);
      seqs.push(...events.map(({ seq }) => seq));
    };
    await assert.rejects(
      (async () => {
        for (;;) await Promise.all([ingest(), ingest(), ingest()]);
      })(),
      { code: 'E_STORE' },
    );
    await store.close();
    await assert.rejects(open(), { code: 'E_STORE', message: /the disk is full/ });
    await disk.growTo(64);
    const again = await open();
    const waiting = await again.take(0, Number.MAX_SAFE_INTEGER);
    assert.ok(seqs.length > 1_000);
    assert.deepEqual(
      waiting.map(({ seq }) => seq),
      seqs.toSorted((a, b) => a - b),
    );
    await again.close();
  });

  it('refuses to begin a store that it cannot finish', async () => {
    await disk.fill();
    await assert.rejects(open(), { code: 'E_STORE', message: /the disk is full/ });
    assert.equal(existsSync(join(disk.path, 'store.sqlite')), false);
  });
});
