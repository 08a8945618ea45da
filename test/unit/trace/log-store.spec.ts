import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LogStore } from '../../../src/trace/log-store/log-store.ts';
import { deleteLog } from '../../../src/trace/log-store/open-log.ts';
import { type LogRecord, rowOf } from '../../../src/trace/log-store/record.ts';
import { useTempFolder } from '../../support/temp-folder.ts';

const dayMs = 86_400_000;

describe('the file of the log', () => {
  const folder = useTempFolder();
  const file = (): string => join(folder(), 'kept.log.sqlite');
  let store: LogStore;
  beforeEach(async () => {
    store = await LogStore.open({ file: file(), mostBytes: 1e9, warn: assert.fail });
  });
  afterEach(() => store.close());

  const fill = (count: number): void =>
    store.write(
      Array.from({ length: count }, (_, index) => rowOf(entry(`e${index}`))),
      new Map(),
    );

  it('lets others have their turn when what is done with each entry takes long', async () => {
    fill(3);
    let turns = 0;
    const count = (): void => {
      turns += 1;
      turn = setImmediate(count);
    };
    let turn = setImmediate(count);
    const seen: number[] = [];
    await store.each({}, 100, () => {
      seen.push(turns);
      const began = performance.now();
      while (performance.now() - began < 50);
    });
    clearImmediate(turn);
    assert.equal(new Set(seen).size, 3);
  });

  it('goes from the newest to the oldest, to the last one or until it is enough', async () => {
    fill(250);
    const seen: string[] = [];
    await store.each({}, 1_000, ({ summary }) => void seen.push(summary.id));
    assert.equal(new Set(seen).size, 250);
    seen.splice(0);
    await store.each({}, 1_000, ({ summary }) => seen.push(summary.id) < 7);
    assert.equal(seen.length, 7);
  });

  it('deletes what was set aside when that is older than is kept', async () => {
    const aside = `${file()}.damaged`;
    await writeFile(aside, 'It was one once.');
    store.sweep(Date.now() - dayMs);
    assert.ok(existsSync(aside));
    await utimes(aside, new Date(), new Date(Date.now() - 2 * dayMs));
    store.sweep(Date.now() - dayMs);
    assert.ok(!existsSync(aside));
  });
});

describe('a log that is not wanted any more', () => {
  const folder = useTempFolder();
  const file = (): string => join(folder(), 'kept.log.sqlite');

  it('is deleted with what lies beside it, also where its process was killed', async () => {
    const store = await LogStore.open({ file: file(), mostBytes: 1e9, warn: assert.fail });
    store.write([rowOf(entry('e1'))], new Map());
    const left = await readdir(folder());
    const other = join(folder(), 'left');
    await mkdir(other);
    for (const name of left) await copyFile(join(folder(), name), join(other, name));
    await writeFile(join(other, 'kept.log.sqlite.damaged'), 'It was one once.');
    await writeFile(join(other, 'kept.sqlite'), 'The store.');
    assert.ok(left.length > 1);
    await deleteLog(join(other, 'kept.log.sqlite'));
    assert.deepEqual(await readdir(other), ['kept.sqlite']);
    store.close();
    await deleteLog(file());
    assert.deepEqual(await readdir(folder()), ['left']);
  });

  it('is nothing to do where there is none', async () => {
    await deleteLog(file());
    assert.deepEqual(await readdir(folder()), []);
  });

  it('is left where it is when it cannot be told for a log', async () => {
    const foreign = new DatabaseSync(file());
    foreign.exec('PRAGMA user_version = 3; CREATE TABLE t (x)');
    foreign.close();
    await assert.rejects(deleteLog(file()), /no log of these nodes/);
    await writeFile(file(), 'This was a database once. '.repeat(400));
    await assert.rejects(deleteLog(file()), /not a database/);
    assert.deepEqual(await readdir(folder()), ['kept.log.sqlite']);
  });
});

function entry(id: string): LogRecord {
  const account = { id: 'shop', name: 'Shop' };
  const known = { id, at: '2026-11-22T10:00:00.000Z', name: 'request' as const, account };
  const why = { key: 'badSignature' as const, values: {} };
  const summary = { ...known, contact: '', interactionId: '', text: '', outcome: 'refused', why };
  return { summary, event: null, variables: {}, masked: [], steps: [] } as LogRecord;
}
