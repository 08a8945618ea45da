import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { incoming, noon } from './conformance.ts';

describe('a request with thousands of facts', () => {
  const folder = useTempFolder();
  const open = (life: string) =>
    openEmbeddedStore({ file: join(folder(), life, 'store.sqlite'), retentionDays: 30 });

  it('that a crash cuts off leaves nothing behind, and is new when it comes again', async () => {
    const store = await open('first');
    const before = await store.ingest({ facts: [incoming()], receivedAt: noon }, false);
    const facts = Array.from({ length: 4_000 }, (_, n) => incoming(`+39${n}`));
    let answered = false;
    const large = store.ingest({ facts, receivedAt: noon }, false).then(() => {
      answered = true;
    });
    // The first turns belong to the gathering of calls; then it is under way for many more.
    for (let turns = 0; turns < 4; turns += 1) await setImmediate();
    assert.equal(answered, false);
    cpSync(join(folder(), 'first'), join(folder(), 'second'), { recursive: true });
    await large;
    await store.close();

    const next = await open('second');
    const kept = await next.take(0, Number.MAX_SAFE_INTEGER);
    assert.deepEqual(
      kept.map(({ event }) => event.id),
      before.events.map(({ event }) => event.id),
    );
    const again = await next.ingest({ facts, receivedAt: noon }, true);
    assert.deepEqual([again.events.length, again.duplicatesOf.length], [4_000, 0]);
    await next.close();
  });

  it('holds up no timer for long while it is kept', async () => {
    const store = await open('first');
    const facts = Array.from({ length: 4_000 }, (_, n) => incoming(`+39${n}`));
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    });
    await store.ingest({ facts, receivedAt: noon }, true);
    clearInterval(timer);
    assert.ok(ticks >= 5, `a timer of a millisecond came ${ticks} times`);
    await store.close();
  });
});
