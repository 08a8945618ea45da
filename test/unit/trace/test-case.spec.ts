import assert from 'node:assert/strict';
import type { LogRecord } from '../../../src/trace/log-store/record.ts';
import type { Step, StepRow } from '../../../src/trace/log-types.ts';
import { testCaseOf } from '../../../src/trace/test-case.ts';
import { summaryOf } from '../../../src/trace/compose.ts';
import { incomingEvent } from '../../fixtures/event.ts';

const event = incomingEvent({
  id: 'wamid-secret',
  message: {
    id: 'wamid-2',
    verb: 'incoming',
    type: 'text',
    text: 'URGENT: order 4711 for Giulia',
    media: [{ type: 'image', url: 'https://cdn/giulia.png', caption: 'Giulia' }],
  },
});

function entry(met: boolean, ...rows: Partial<StepRow>[]): LogRecord {
  const conditions = rows.map((row) => ({
    list: 'all' as const,
    field: 'message.text',
    operator: 'contains',
    value: '',
    actual: '',
    present: true,
    met,
    ...row,
  }));
  const node = { id: 't', type: 'trigger-condition', name: 'T' };
  const detail = { sentence: 'It fires.', met, conditions };
  const outcome = met ? 'met' : 'notMet';
  const steps: Step[] = [{ at: event.at, kind: 'decision', outcome, node, detail }];
  const summary = summaryOf(event, steps);
  return { summary, event, variables: { ORDER: '9/9' }, masked: [], steps };
}

describe('a test case of an event', () => {
  it('tells nobody: ids, numbers, names, texts and links are others', () => {
    const found = testCaseOf(entry(true));
    const { contact, interaction, message } = found!.event;
    assert.deepEqual(contact, { id: 'contact-1', phone: '+000000000000', name: 'Xxxxxx Xxxxxx' });
    assert.equal(interaction.id, 'interaction-1');
    assert.equal(message?.text, 'XXXXXX: xxxxx 0000 xxx Xxxxxx');
    assert.deepEqual(message?.media, [{ type: 'image', id: 'media-1', caption: 'Xxxxxx' }]);
    assert.deepEqual(found?.variables, { ORDER: '0/0' });
    assert.doesNotMatch(JSON.stringify(found), /giulia|4711|wamid|cdn|9\/9/i);
  });

  it('keeps the words that a rule looks for, so that it decides the same', () => {
    const rows = [
      { value: 'urgent', ignoreCase: true as const },
      { operator: 'matches', value: String.raw`order \d+` },
      { field: 'contact.phone', operator: 'startsWith', value: '+39' },
    ];
    const found = testCaseOf(entry(true, ...rows));
    assert.equal(found?.event.message?.text, 'URGENT: order 0000 xxx Xxxxxx');
    assert.equal(found.event.contact.phone, '+390000000000');
    assert.deepEqual(found.decisions, [
      { trigger: 't', name: 'T', sentence: 'It fires.', met: true },
    ]);
  });

  it('leaves out a decision that its own event would no longer bring about', () => {
    const found = testCaseOf(entry(true, { operator: 'matches', value: '471[01]' }));
    assert.deepEqual(found?.decisions, []);
  });

  it('is none of a request that became no event', () => {
    assert.equal(testCaseOf({ ...entry(true), event: null }), undefined);
  });
});
