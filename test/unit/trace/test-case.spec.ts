import assert from 'node:assert/strict';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
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
  return entryOf(event, met, ...rows);
}

function entryOf(event: WhatsAppEvent, met: boolean, ...rows: Partial<StepRow>[]): LogRecord {
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

  it('tells nobody in what comes with a text either', () => {
    const who = 'Giulia, +393331234567';
    const full = {
      ...event,
      interaction: { ...event.interaction, reason: who, variables: { WHO: who } },
      contact: { ...event.contact, userId: 'IT.4711', username: 'giulia' },
      message: {
        ...event.message!,
        media: [{ type: 'image', caption: who, fileName: `${who}.png`, url: `https://x/${who}` }],
        buttonId: who,
        reason: who,
        contacts: [{ name: who, phones: ['+393331234567'] }],
        location: { latitude: 4711, longitude: 9, name: who, address: who },
        referral: { headline: who, body: who, sourceUrl: who },
        group: who,
      },
      delivery: { status: 'failed' as const, errorCode: '131026', errorText: who },
      customer: who,
    };
    const found = testCaseOf({ ...entryOf(full, true), variables: { WHO: who } });
    assert.doesNotMatch(JSON.stringify(found), /giulia|müller|4711|333|234567/i);
    const { interaction, message, delivery } = found!.event;
    const blurred = 'Xxxxxx, +000000000000';
    assert.equal(interaction.reason, blurred);
    assert.deepEqual([message?.buttonId, message?.reason], [blurred, blurred]);
    assert.deepEqual(delivery, { status: 'failed', errorCode: '131026', errorText: blurred });
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

  const number = '+393331234567';
  const msg = { field: 'msg', operator: 'equals' };
  const variable = { field: 'variable', operator: 'equals' };
  const aboutPeople: Record<string, Partial<StepRow>> = {
    'of numbers': { field: 'contact.phone', operator: 'in', value: [number, '+39999'] },
    'of numbers in one text': {
      field: 'contact.phone',
      operator: 'in',
      value: `+39999, ${number}`,
    },
    'of a name': { field: 'contact.name', operator: 'startsWith', value: 'Giu' },
    'of a pattern of names': { field: 'contact.name', operator: 'matches', value: '^Giu' },
    'of a variable that holds the number': { ...variable, name: 'calleridnum', value: number },
    'of a property of the contact': { ...msg, path: 'payload.contact.phone', value: number },
    'of a contact that was sent': {
      ...msg,
      path: 'msg.payload.message.contacts[0].name',
      value: 'Bo',
    },
    'of a variable in a message': { ...msg, path: 'variables.calleridname', value: 'Giu' },
    'of a text with the name': { value: 'for giulia' },
    'of the number as people write it': { ...variable, name: 'CALL', value: '0333 123-4567' },
    'of anybody’s number': { ...variable, name: 'CALL', value: '+44 7700 900123' },
  };
  for (const [title, row] of Object.entries(aboutPeople)) {
    it(`leaves out a decision ${title}, met or not, and keeps none of its words`, () => {
      for (const met of [true, false]) {
        const found = testCaseOf(entry(met, row, { value: 'urgent' }));
        assert.deepEqual(found?.decisions, []);
        assert.doesNotMatch(JSON.stringify(found), /giu|333|urgent/i);
      }
    });
  }

  it('leaves out a decision that its own event would no longer bring about', () => {
    const found = testCaseOf(entry(true, { operator: 'matches', value: '471[01]' }));
    assert.deepEqual(found?.decisions, []);
  });

  it('is none of a request that became no event', () => {
    assert.equal(testCaseOf({ ...entry(true), event: null }), undefined);
  });
});
