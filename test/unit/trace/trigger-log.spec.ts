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

  it('forgets what triggers decided, and goes on with the rest in its order', () => {
    const trigger = { id: 't', name: 'T', met: true, sentence: '', conditions: [] };
    const decision = (at: string): LogEntry => ({
      kind: 'decision',
      at,
      eventId: undefined,
      trigger,
    });
    const kinds = fc.array(fc.boolean(), { maxLength: 12 });
    fc.assert(
      fc.property(kinds, kinds, fc.integer({ min: 1, max: 8 }), (before, after, capacity) => {
        const log = createTriggerLog(capacity);
        const make = (isDecision: boolean, n: number) =>
          isDecision ? decision(String(n)) : entry(String(n));
        const first = before.map(make);
        const second = after.map(make);
        first.forEach((one) => log.add(one));
        log.forgetDecisions();
        const left = first.slice(-capacity).filter(({ kind }) => kind !== 'decision');
        assert.deepEqual(log.recent(capacity), left.toReversed());
        second.forEach((one) => log.add(one));
        assert.deepEqual(log.recent(capacity), [...left, ...second].slice(-capacity).toReversed());
      }),
    );
  });
});
