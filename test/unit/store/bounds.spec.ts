import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Bounds, Crossing } from '../../../src/inbox/bounds.ts';
import type { IngestFact, TriggerStore } from '../../../src/store/contract.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { incoming, noon } from './conformance.ts';

describe('a store that fills up', () => {
  const folder = useTempFolder();
  let store: TriggerStore;
  let crossings: string[];
  afterEach(() => store.close());

  async function open(bounds: Partial<Bounds>): Promise<void> {
    crossings = [];
    store = await openEmbeddedStore({
      file: join(folder(), 'store.sqlite'),
      retentionDays: 30,
      bounds,
      crossed: ({ of, account, level }: Crossing) =>
        crossings.push([of, account, level].filter(Boolean).join(' ')),
    });
  }
  const ofAccount = (id: string): IngestFact => {
    const { policy, fact } = incoming();
    return { fact, policy: { ...policy, account: { ...policy.account, id } } };
  };
  const ingest = async (account: string, count = 1): Promise<number[]> => {
    const facts = Array.from({ length: count }, () => ofAccount(account));
    const { events } = await store.ingest({ facts, receivedAt: noon }, true);
    return events.map(({ seq }) => seq);
  };
  const full = { code: 'E_STORE', message: /full/ };
  const waiting = async () => (await store.measure()).inbox;

  it('takes as many events as it may and not one more, and more again when some are finished', async () => {
    await open({ events: 10 });
    const seqs = [...(await ingest('a', 5)), ...(await ingest('b', 5))];
    await assert.rejects(ingest('c'), full);
    await store.finish(seqs.slice(0, 2));
    await ingest('c', 2);
    await assert.rejects(ingest('c'), full);
  });

  it('lets in no more than there is room for when many requests come at once', async () => {
    await open({ events: 40 });
    const answers = await Promise.allSettled(
      Array.from({ length: 60 }, (_, n) => ingest(`account ${n % 4}`)),
    );
    assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 40);
  });

  it('refuses a request that does not fit whole', async () => {
    await open({ events: 10 });
    await ingest('a', 4);
    await assert.rejects(ingest('a', 2), full);
    await ingest('a', 1);
  });

  it('keeps half of it free for the other accounts', async () => {
    await open({ events: 10 });
    await ingest('a', 5);
    await assert.rejects(ingest('a'), { code: 'E_STORE', message: /account a/ });
    await ingest('b', 5);
  });

  it('counts bytes as well', async () => {
    await open({ bytes: 4_000 });
    await assert.rejects(
      (async () => {
        for (;;) await ingest('a');
      })(),
      full,
    );
    const [{ events, bytes } = { events: 0, bytes: 0 }] = await waiting();
    assert.ok(bytes >= 2_000 && bytes < 3_000, `${bytes} bytes`);
    assert.ok(events >= 2);
  });

  it('tells each crossing once, on the way up and on the way down', async () => {
    await open({ events: 100 });
    const seqs: number[] = [];
    for (const account of ['a', 'b']) {
      for (let n = 0; n < 50; n += 1) seqs.push(...(await ingest(account)));
    }
    await assert.rejects(ingest('c'), full);
    await assert.rejects(ingest('c'), full);
    assert.deepEqual(crossings, [
      'account a nearly full',
      'account a full',
      'inbox nearly full',
      'account b nearly full',
      'inbox full',
      'account b full',
    ]);
    assert.equal((await store.measure()).filling.length, 3);
    crossings.length = 0;
    for (const seq of seqs) await store.finish([seq]);
    assert.deepEqual(crossings.toSorted(), [
      'account a nearly full',
      'account a normal',
      'account b nearly full',
      'account b normal',
      'inbox nearly full',
      'inbox normal',
    ]);
  });

  it('counts what waited already when it is opened again, and says that it is nearly full', async () => {
    await open({ events: 20 });
    await ingest('a', 9);
    await ingest('b', 8);
    await store.close();
    await open({ events: 20 });
    assert.deepEqual(crossings, [
      'inbox nearly full',
      'account a nearly full',
      'account b nearly full',
    ]);
    assert.deepEqual(
      (await waiting()).map(({ account, events }) => [account, events]),
      [
        ['a', 9],
        ['b', 8],
      ],
    );
    await ingest('a');
    await assert.rejects(ingest('a'), full);
  });

  it('counts nothing twice and nothing that was taken back', async () => {
    await open({ events: 1_000 });
    const entry = ofAccount('a');
    await store.ingest({ facts: [entry, entry], receivedAt: noon }, true);
    const broken = { ...entry, fact: { ...entry.fact, dedupeKey: undefined as unknown as string } };
    await Promise.allSettled([
      store.ingest({ facts: [ofAccount('a'), broken], receivedAt: noon }, true),
      ingest('a'),
    ]);
    assert.equal((await waiting())[0]?.events, 2);
  });

  it('refuses while the disk has too little room, but cleans up', async () => {
    await open({ freeBytes: 1 });
    const seqs = await ingest('a', 3);
    await store.close();
    await open({ freeBytes: Number.MAX_SAFE_INTEGER });
    await assert.rejects(ingest('a'), { code: 'E_STORE', message: /disk/ });
    await assert.rejects(
      store.quarantine({ at: noon, accountId: 'a', path: 'p', reason: 'r', body: '{' }),
      full,
    );
    assert.deepEqual(crossings, ['disk full']);
    await store.finish(seqs);
    assert.deepEqual(await waiting(), []);
  });
});
