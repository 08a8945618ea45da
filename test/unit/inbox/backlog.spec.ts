import assert from 'node:assert/strict';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import { createBacklog } from '../../../src/inbox/backlog.ts';

const stored = (seq: number) => ({ seq, event: {} as WhatsAppEvent });

describe('the backlog', () => {
  it('is read on from the last event that passed', async () => {
    const asked: number[] = [];
    const backlog = createBacklog(async (after) => {
      asked.push(after);
      return [stored(after + 1)];
    });
    await backlog.next(10);
    backlog.passed(5);
    backlog.passed(3);
    await backlog.next(10);
    assert.deepEqual(asked, [0, 5]);
  });

  it('is read again from where the store failed, whatever has passed since', async () => {
    const asked: number[] = [];
    const backlog = createBacklog(async (after) => {
      asked.push(after);
      if (asked.length <= 2) throw new Error('disk full');
      return [];
    });
    backlog.passed(5);
    await assert.rejects(backlog.next(10));
    backlog.passed(9);
    await assert.rejects(backlog.next(10));
    await backlog.next(10);
    await backlog.next(10);
    assert.deepEqual(asked, [5, 5, 5, 9]);
  });
});
