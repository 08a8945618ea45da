import assert from 'node:assert/strict';
import type { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { Committer, type Witness } from '../../../src/store/embedded/committer.ts';
import { type Files, openFiles } from '../../../src/store/embedded/files.ts';
import { openDatabase } from '../../../src/store/embedded/open-database.ts';
import { useTempFolder } from '../../support/temp-folder.ts';

const failed = { code: 'E_STORE' };
const megabyte = 'x'.repeat(1024 * 1024);

/** The files are those of the disk; a test may put one call of them out of order. */
describe('the group commit', () => {
  const folder = useTempFolder();
  let database: DatabaseSync;
  let files: Files;
  let committer: Committer;
  let ends: string[];

  beforeEach(async () => {
    const file = join(folder(), 'store.sqlite');
    database = await openDatabase(file);
    database.exec('CREATE TABLE words (word TEXT NOT NULL UNIQUE) STRICT');
    files = { ...(await openFiles(file)) };
    ends = [];
    const witness: Witness = {
      ending: () => undefined,
      committed: () => ends.push('committed'),
      rolledBack: () => ends.push('rolled back'),
      flushed: () => ends.push('flushed'),
    };
    committer = new Committer(database, files, witness);
  });
  afterEach(() => committer.close(() => undefined));

  const put = (word: string): Promise<unknown> =>
    committer.call(() => database.prepare('INSERT INTO words VALUES (?)').run(word).changes);
  const words = (): unknown[] =>
    database
      .prepare('SELECT word FROM words ORDER BY rowid')
      .all()
      .map(({ word }) => word);
  const outcomes = async (calls: readonly Promise<unknown>[]): Promise<string[]> =>
    (await Promise.allSettled(calls)).map(({ status }) => status);

  it('answers only after the flush', async () => {
    const flush = Promise.withResolvers<void>();
    files.flushLog = () => flush.promise;
    let answered = false;
    const call = put('one').then(() => {
      answered = true;
    });
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    assert.deepEqual([words(), answered], [['one'], false]);
    flush.resolve();
    await call;
  });

  it('rejects the call that fails and lets the others of its group stand', async () => {
    assert.deepEqual(await outcomes([put('one'), put('two'), put('one'), put('three')]), [
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    assert.deepEqual(words(), ['one', 'two', 'three']);
  });

  it('takes back what found no room, and goes on when there is some again', async () => {
    await put('before');
    database.exec('PRAGMA max_page_count = 60');
    assert.deepEqual(await outcomes([put(megabyte), put(`${megabyte}.`)]), [
      'rejected',
      'rejected',
    ]);
    assert.equal(ends.at(-2), 'rolled back');
    assert.deepEqual(words(), ['before']);
    database.exec('PRAGMA max_page_count = 100000');
    await put(megabyte);
    assert.deepEqual(words(), ['before', megabyte]);
  });

  it('ends when a flush fails: what waited for it is rejected, and all that comes later', async () => {
    await put('kept');
    files.flushLog = () => Promise.reject(new Error('EIO: i/o error, fdatasync'));
    const calls = [put('one'), put('two')];
    await assert.rejects(calls[0]!, { ...failed, message: /cannot be flushed to the disk: EIO/ });
    await assert.rejects(calls[1]!, failed);
    await assert.rejects(put('three'), failed);
  });

  it('ends when the database itself cannot be flushed after a checkpoint', async () => {
    files.flushDatabase = () => Promise.reject(new Error('EIO: i/o error, fdatasync'));
    await assert.rejects(putAll(Array.from({ length: 6 }, (_, n) => `${n}${megabyte}`)), failed);
    await assert.rejects(put('later'), failed);
  });

  it('keeps the log when it cannot be written back for now', async () => {
    const exec = database.exec.bind(database);
    let tried = 0;
    database.exec = (sql: string) => {
      if (!sql.includes('wal_checkpoint')) return exec(sql);
      tried += 1;
      throw new Error('database or disk is full');
    };
    await putAll(Array.from({ length: 6 }, (_, n) => `${n}${megabyte}`));
    assert.ok(tried > 0 && tried < 6, `tried ${tried} times`);
    database.exec = exec;
    await putAll(Array.from({ length: 4 }, (_, n) => `more ${n}${megabyte}`));
    assert.equal(words().length, 10);
  });

  const busy = (milliseconds: number): void => {
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
  };
  /** Each of its words takes two milliseconds. */
  const putSlowly = (...list: string[]): Promise<unknown> =>
    committer.call(function* () {
      for (const word of list) {
        busy(2);
        database.prepare('INSERT INTO words VALUES (?)').run(word);
        yield;
      }
      return list.length;
    });
  const many = (count: number, name = 'word'): string[] =>
    Array.from({ length: count }, (_, n) => `${name} ${n}`);

  it('lets the event loop turn during a long call, which is one transaction all the same', async () => {
    const turns: number[] = [];
    let last = performance.now();
    const watch = setInterval(() => {
      turns.push(performance.now() - last);
      last = performance.now();
    });
    assert.equal(await putSlowly(...many(50)), 50);
    clearInterval(watch);
    assert.ok(turns.length >= 5, `${turns.length} turns in 100 ms of work`);
    assert.deepEqual(ends, ['committed', 'flushed']);
    assert.deepEqual(words(), many(50));
  });

  it('takes back the whole of a long call that fails at its end, and lets the others stand', async () => {
    const calls = [put('before'), putSlowly(...many(20), 'before'), put('after')];
    assert.deepEqual(await outcomes(calls), ['fulfilled', 'rejected', 'fulfilled']);
    assert.deepEqual(words(), ['before', 'after']);
  });

  it('does one after the other what comes during a long call', async () => {
    const long = putSlowly(...many(20));
    const came: Promise<unknown>[] = [];
    const watch = setInterval(() => came.push(put(`came ${came.length}`)));
    await long;
    clearInterval(watch);
    await Promise.all(came);
    assert.deepEqual(words(), [...many(20), ...many(came.length, 'came')]);
  });

  it('ends a transaction in which long calls have come together, and goes on with the rest in order', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const answers = await Promise.all(names.map((name) => putSlowly(...many(20, name))));
    assert.deepEqual(answers, [20, 20, 20, 20, 20]);
    assert.deepEqual(
      words(),
      names.flatMap((name) => many(20, name)),
    );
    assert.ok(ends.filter((end) => end === 'committed').length > 1);
  });

  it('finishes a long call before it closes', async () => {
    const long = putSlowly(...many(20));
    await committer.close(() => undefined);
    assert.equal(await long, 20);
  });

  async function putAll(texts: readonly string[]): Promise<void> {
    for (const text of texts) await put(text);
  }
});
