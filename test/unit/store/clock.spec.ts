import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TriggerStore } from '../../../src/store/contract.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { incoming, noon, policy } from './conformance.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** The store is told the time; here the clock of the machine is set wrong, and right again. */
describe('a store whose clock jumps', () => {
  const folder = useTempFolder();
  let store: TriggerStore;
  beforeEach(async () => {
    store = await openEmbeddedStore({ file: join(folder(), 'store.sqlite'), retentionDays: 30 });
    await store.setPolicy(policy);
  });
  afterEach(() => store.close());

  const ingest = (receivedAt: number, phone = '+391') =>
    store.ingest({ facts: [incoming(phone)], receivedAt }, true);
  const names = (events: readonly { event: { name: string } }[]) =>
    events.map(({ event }) => event.name);
  const page = (createdAt: number) => ({
    desktopId: 'd1',
    agents: ['ada'],
    key: 'k',
    repeat: 'stack' as const,
    content: { kind: 'popup' as const, title: 't', html: '' },
    createdAt,
    expiresAt: createdAt + 2 * minute,
  });

  it('closes nothing when it goes back a day, nor when it is right again', async () => {
    for (let n = 0; n < 20; n += 1) await ingest(noon, `+39${n}`);
    assert.deepEqual((await store.sweep(noon - day, true)).events, []);
    await ingest(noon - day, '+390');
    assert.deepEqual((await store.sweep(noon + minute, true)).events, []);
  });

  it('closes what is idle then, at its time and once, when it goes forth a day', async () => {
    await ingest(noon);
    const { events } = await store.sweep(noon + day, true);
    assert.deepEqual(names(events), ['interaction.closed']);
    assert.equal(events[0]?.event.interaction.closedAt, '2026-11-22T13:00:00.000Z');
    assert.deepEqual((await store.sweep(noon + minute, true)).events, []);
    const { events: next } = await ingest(noon + 2 * minute);
    assert.equal(next[0]?.event.interaction.change, 'opened');
  });

  it('ends an offer in its time although the clock went back', async () => {
    await ingest(noon);
    const [offer] = await store.offers(['q1']);
    await store.offerShown(offer!.id, noon + minute);
    assert.deepEqual((await store.sweep(noon - day, true)).events, []);
    const { events } = await store.sweep(noon - day + 2 * minute, true);
    assert.deepEqual(names(events), ['message.rejected']);
  });

  it('keeps no page for a day longer than it stands, and takes none away', async () => {
    const first = await store.addPage(page(noon));
    await store.sweep(noon - day, true);
    assert.equal((await store.pagesWaiting('d1', 'ada', noon - day)).length, 1);
    await store.sweep(noon - day + 3 * minute, true);
    assert.deepEqual(
      (await store.pagesMissed('d1', 'ada', 10)).map(({ id }) => id),
      [first!.page.id],
    );
  });

  it('knows a fact again, whichever way the clock went in between', async () => {
    const entry = incoming();
    await store.ingest({ facts: [entry], receivedAt: noon }, true);
    for (const at of [noon - day, noon + day, noon]) {
      await store.sweep(at, true);
      const { duplicatesOf } = await store.ingest({ facts: [entry], receivedAt: at }, true);
      assert.equal(duplicatesOf.length, 1);
    }
  });
});
