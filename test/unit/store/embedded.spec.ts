import assert from 'node:assert/strict';
import fs from 'node:fs';
import { chmod, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { mock } from 'node:test';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { conformance, incoming, noon } from './conformance.ts';
import { conversationConformance } from './conversation-conformance.ts';
import { forwardConformance } from './forward-conformance.ts';
import { lifeConformance } from './life-conformance.ts';
import { offerConformance } from './offer-conformance.ts';
import { pageConformance } from './page-conformance.ts';
import { reachConformance } from './reach-conformance.ts';
import { sendConformance } from './send-conformance.ts';

describe('the embedded store', () => {
  const folder = useTempFolder();
  const file = () => join(folder(), 'sub', 'store.sqlite');
  const open = () => openEmbeddedStore({ file: file(), retentionDays: 30 });

  describe('as a store', () => conformance(open));
  describe('as a store of forwards', () => forwardConformance(open));
  describe('as a store of contacts and interactions', () => lifeConformance(open));
  describe('as a store of sends', () => sendConformance(open));
  describe('as a store of those who are reached', () => reachConformance(open));
  describe('as a store of offers', () => offerConformance(open));
  describe('as a store of pages', () => pageConformance(open));
  describe('as a store of conversations', () => conversationConformance(open));

  it('refuses a file that another holder has open, and says so', async () => {
    const first = await open();
    await assert.rejects(open(), { code: 'E_STORE', message: /another process has it open/ });
    await first.close();
  });

  it('refuses a file that is empty, foreign or damaged, and leaves it as it is', async () => {
    const store = await open();
    await store.ingest({ facts: [incoming()], receivedAt: noon }, true);
    await store.close();
    const whole = await readFile(file());
    const damaged = [
      Buffer.alloc(0),
      Buffer.from('not a database at all, but long enough to look at'.repeat(20)),
      Buffer.concat([whole.subarray(0, 5000), Buffer.alloc(whole.length - 5000, 0xa5)]),
    ];
    for (const bytes of damaged) {
      await writeFile(file(), bytes);
      await assert.rejects(open(), { code: 'E_STORE' });
      assert.deepEqual(await readFile(file()), bytes);
    }
  });

  it('refuses a truncated file', async () => {
    await (await open()).close();
    await truncate(file(), (await stat(file())).size - 4096);
    await assert.rejects(open(), { code: 'E_STORE' });
  });

  describe('holds what customers said, so that its files', () => {
    const files = () => [file(), `${file()}-wal`, `${file()}-mark`];
    const modes = () => Promise.all(files().map(async (path) => (await stat(path)).mode & 0o777));
    const ownersAlone = [0o600, 0o600, 0o600];
    const before = process.umask();
    beforeEach(() => process.umask(0o022));
    afterEach(() => process.umask(before));

    it('are made for their owner alone', async () => {
      const store = await open();
      assert.deepEqual(await modes(), ownersAlone);
      await store.close();
    });

    it('are taken from everybody else when an earlier version has left them', async () => {
      const crashed = await open();
      await crashed.ingest({ facts: [incoming()], receivedAt: noon }, true);
      const left = await Promise.all(files().map((path) => readFile(path)));
      await crashed.close();
      await Promise.all(files().map((path, at) => writeFile(path, left[at]!)));
      await Promise.all(files().map((path) => chmod(path, 0o644)));
      const store = await open();
      assert.deepEqual(await modes(), ownersAlone);
      await store.close();
    });

    it('are used as they are where rights cannot be changed', async () => {
      await (await open()).close();
      mock.method(fs, 'chmodSync', () => {
        throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
      });
      syncBuiltinESMExports();
      const opening = open().finally(() => {
        mock.reset();
        syncBuiltinESMExports();
      });
      await (await opening).close();
    });
  });

  it('knows for as long as providers repeat what it has taken, however short the retention', async () => {
    const store = await openEmbeddedStore({ file: file(), retentionDays: 1 });
    const entry = incoming();
    const again = () => store.ingest({ facts: [entry], receivedAt: noon }, true);
    await again();
    await store.sweep(noon + 7 * 86_400_000, true);
    assert.equal((await again()).duplicatesOf.length, 1);
    await store.sweep(noon + 9 * 86_400_000, true);
    assert.equal((await again()).duplicatesOf.length, 0);
    await store.close();
  });

  it('forgets keys after the retention, not before', async () => {
    const store = await open();
    const entry = incoming();
    const again = () => store.ingest({ facts: [entry], receivedAt: noon }, true);
    await again();
    await store.sweep(noon + 29 * 86_400_000, true);
    assert.equal((await again()).duplicatesOf.length, 1);
    await store.sweep(noon + 31 * 86_400_000, true);
    assert.equal((await again()).duplicatesOf.length, 0);
    await store.close();
  });
});
