import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createTriggerLog, type LogEntry } from '../../../src/trace/trigger-log.ts';

const entry = (at: string): LogEntry => ({
  kind: 'webhook',
  at,
  accounts: ['a'],
  news: { kind: 'handshake' },
});

describe('the trigger log', () => {
  it('gives the newest entries first, and never more than it holds', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(15),
        (count, capacity, limit) => {
          const log = createTriggerLog(capacity);
          const all = Array.from({ length: count }, (_, n) => String(n));
          all.forEach((at) => log.add(entry(at)));
          assert.deepEqual(
            log.recent(limit).map(({ at }) => at),
            all.toReversed().slice(0, Math.min(limit, capacity)),
          );
        },
      ),
    );
  });
});
