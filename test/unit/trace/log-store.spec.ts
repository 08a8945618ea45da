import assert from 'node:assert/strict';
import { join } from 'node:path';
import { LogStore } from '../../../src/trace/log-store/log-store.ts';
import { type LogRecord, rowOf } from '../../../src/trace/log-store/record.ts';
import { useTempFolder } from '../../support/temp-folder.ts';

describe('reading the log', () => {
  const folder = useTempFolder();
  let store: LogStore;
  beforeEach(async () => {
    const file = join(folder(), 'kept.log.sqlite');
    store = await LogStore.open({ file, mostBytes: 1e9, warn: assert.fail });
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
});

function entry(id: string): LogRecord {
  const account = { id: 'shop', name: 'Shop' };
  const known = { id, at: '2026-11-22T10:00:00.000Z', name: 'request' as const, account };
  const why = { key: 'badSignature' as const, values: {} };
  const summary = { ...known, contact: '', interactionId: '', text: '', outcome: 'refused', why };
  return { summary, event: null, variables: {}, masked: [], steps: [] } as LogRecord;
}
