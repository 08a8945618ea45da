import assert from 'node:assert/strict';
import type { EventTrace, Step } from '../../../src/trace/log-types.ts';
import { offsetOf } from '../../../plugins/whatsapp-triggers/time.editor.ts';
import { timelineOf } from '../../../plugins/whatsapp-triggers/timeline.editor.ts';

const words = { say: (key: string) => key, nameOf: (id: string) => id };
const urgent = { id: 'urgent', type: 'trigger-condition', name: 'Urgent' };
const crm = { id: 'crm', type: 'url-forward', name: '' };

function itemsOf(steps: readonly Step[], event: unknown = {}) {
  return timelineOf({ steps, event } as unknown as EventTrace, words);
}

describe('the way of an event', () => {
  it('tells for every row of a decision whether it was met and what was there', () => {
    const row = { field: 'message.text', operator: 'contains', value: 'x', met: false };
    const [item] = itemsOf([
      {
        at: '2026-01-01T10:00:00.000Z',
        kind: 'decision',
        outcome: 'notMet',
        node: urgent,
        detail: {
          sentence: 'Fires when …',
          conditions: [
            { ...row, list: 'all', actual: 'ciao', present: true },
            { ...row, list: 'any', actual: null, present: false },
          ],
        },
      },
    ]);
    assert.deepEqual(item?.facts, [{ words: 'Fires when …' }]);
    assert.deepEqual(
      item?.rows.all.map(({ actual, met }) => ({ actual, met })),
      [{ actual: 'ciao', met: false }],
    );
    assert.equal(item?.rows.any[0]?.actual, undefined);
    assert.equal(item?.again, false);
  });

  it('tells of an action its error, its tries and its answer, and that it can be done again', () => {
    const [, item] = itemsOf([
      { at: '2026-01-01T10:00:00.000Z', kind: 'received', outcome: 'received', detail: {} },
      {
        at: '2026-01-01T10:00:01.500Z',
        kind: 'action',
        outcome: 'failed',
        node: crm,
        detail: {
          error: { code: 'E_HTTP_STATUS', message: '500' },
          response: { statusCode: 500, attempts: 3 },
        },
      },
    ]);
    assert.equal(item?.offset, '+1.5 s');
    assert.equal(item?.again, true);
    assert.deepEqual(item?.facts, [
      { key: 'fact.error', values: { code: 'E_HTTP_STATUS', message: '500' } },
      { key: 'fact.status', values: { value: 500 } },
      { key: 'fact.attempts', values: { value: 3 } },
    ]);
    assert.deepEqual(JSON.parse(item?.result ?? '').response.statusCode, 500);
  });

  it('offers to do nothing again of a request that became no event', () => {
    const step: Step = { at: '', kind: 'action', outcome: 'done', node: crm, detail: {} };
    assert.equal(itemsOf([step], null)[0]?.again, false);
  });

  it('says why a request was refused as the list does', () => {
    const [item] = itemsOf([
      {
        at: '2026-01-01T10:00:00.000Z',
        kind: 'refused',
        outcome: 'refused',
        detail: { reason: 'badSignature', path: 'demo' },
      },
    ]);
    assert.deepEqual(item?.facts, [{ key: 'why.badSignature', values: { path: 'demo' } }]);
  });

  it('measures time from the first step on, in units for the eye', () => {
    const start = '2026-01-01T10:00:00.000Z';
    const later = (ms: number) => offsetOf(new Date(Date.parse(start) + ms).toISOString(), start);
    assert.deepEqual([0, 12, 3_400, 300_000, 7_200_000, -5].map(later), [
      '+0 ms',
      '+12 ms',
      '+3.4 s',
      '+5 min',
      '+2 h',
      '+0 ms',
    ]);
  });
});
