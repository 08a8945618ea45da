import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TriggerStore } from '../../../src/store/contract.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { incoming, noon } from './conformance.ts';

const day = 86_400_000;

describe('what a store keeps for a time', () => {
  const folder = useTempFolder();
  const file = () => join(folder(), 'store.sqlite');
  let store: TriggerStore;
  beforeEach(async () => {
    store = await openEmbeddedStore({ file: file(), retentionDays: 30 });
  });
  afterEach(() => store.close());

  /** The events of so many contacts, through and done with. */
  async function traffic(count: number, at: number): Promise<void> {
    for (let done = 0; done < count; done += 500) {
      const facts = Array.from({ length: 500 }, (_, n) => incoming(`+39${done + n}`));
      const { events } = await store.ingest({ facts, receivedAt: at }, true);
      await store.finish(events.map(({ seq }) => seq));
    }
  }

  /** Sweeps as long as the store asks for it at once; answers how often. */
  async function sweepAll(now: number): Promise<number> {
    for (let sweeps = 1; ; sweeps += 1) {
      const { nextDue, events } = await store.sweep(now, true);
      await store.finish(events.map(({ seq }) => seq));
      if (nextDue === undefined || nextDue > now) return sweeps;
    }
  }

  it('goes in slices, each asking for the next while there is more', async () => {
    await traffic(2_000, noon);
    assert.equal(await sweepAll(noon + 29 * day), 4);
    assert.ok((await sweepAll(noon + 31 * day)) >= 5);
    assert.equal(await sweepAll(noon + 31 * day), 1);
  });

  it('leaves room that is used again, so that the file does not grow for ever', async () => {
    const sizes: number[] = [];
    for (let month = 0; month < 5; month += 1) {
      await traffic(1_500, noon + month * 31 * day);
      await sweepAll(noon + (month + 1) * 31 * day);
      sizes.push((await store.measure()).bytes);
    }
    assert.ok(sizes[4]! <= sizes[1]! * 1.1, `${sizes.join(', ')} bytes`);
    assert.ok((await stat(file())).size < 20_000_000);
  }).timeout(20_000);
});
