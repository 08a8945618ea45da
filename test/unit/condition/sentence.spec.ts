import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../../../src/condition/rule.ts';
import { sentence } from '../../../src/condition/sentence.ts';
import { english } from '../../../src/condition/sentence-words.ts';

const folder = join(import.meta.dirname, '../../../nodes/trigger-condition/locales/en-US');
const catalogue = JSON.parse(readFileSync(join(folder, 'trigger-condition.json'), 'utf8'));

const opened = { field: 'interaction', operator: 'equals', value: ' Opened' };
const incoming = { field: 'message', operator: 'equals', value: 'incoming' };
const vip = { field: 'queue', operator: 'equals', value: 'VIP' };

function names(id: string): string | undefined {
  return id === 'acc1' ? 'Sales line' : undefined;
}

function clause(row: Row): string {
  return sentence({ all: [row] }, names)
    .replace(/^Fires when /, '')
    .replace(/\.$/, '');
}

describe('sentence', () => {
  it('says that a rule without a row fires on every event', () => {
    assert.equal(sentence({}), 'Fires on every event.');
    assert.equal(sentence({ all: [], any: [] }), 'Fires on every event.');
  });

  it('joins "all" with and, "any" with or, in brackets where both meet', () => {
    assert.equal(
      sentence({ all: [opened, incoming] }),
      'Fires when the interaction is opened and the message is incoming.',
    );
    assert.equal(
      sentence({ any: [opened, vip] }),
      'Fires when the interaction is opened or the queue is "VIP".',
    );
    assert.equal(
      sentence({ all: [incoming], any: [opened, vip] }),
      'Fires when the message is incoming and (the interaction is opened or the queue is "VIP").',
    );
    assert.equal(
      sentence({ all: [incoming], any: [vip] }),
      'Fires when the message is incoming and the queue is "VIP".',
    );
  });

  const readings: [Row, string][] = [
    [{ field: 'account', operator: 'equals', value: 'acc1' }, 'the account is "Sales line"'],
    [{ field: 'account', operator: 'notEquals', value: 'gone' }, 'the account is not "gone"'],
    [
      { field: 'account', operator: 'in', value: ['acc1', 'acc2'] },
      'the account is one of "Sales line", "acc2"',
    ],
    [
      { field: 'message', operator: 'notIn', value: 'accepted, rejected' },
      'the message is none of accepted, rejected',
    ],
    [
      { field: 'message.text', operator: 'contains', value: 'say "hi"', ignoreCase: true },
      'the message text contains "say \\"hi\\"" (ignoring case)',
    ],
    [
      { field: 'agent', operator: 'notEquals', value: 'anna', ifPresent: true },
      'the agent is not "anna" (only if present)',
    ],
    [
      { field: 'variable', name: 'AMOUNT', operator: 'between', value: [1, '10'] },
      'the variable AMOUNT is between 1 and 10',
    ],
    [
      { field: 'msg', path: 'payload.n', operator: 'greaterThan', value: '5' },
      'the property "payload.n" is greater than 5',
    ],
    [{ field: 'delivery', operator: 'exists' }, 'the delivery status is present'],
    [
      {
        field: 'time',
        operator: 'equals',
        value: { timeZone: 'Europe/Rome', days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' },
      },
      'the time is within Mon to Fri 09:00–18:00 (Europe/Rome)',
    ],
    [
      { field: 'time', operator: 'notEquals', value: { timeZone: 'UTC', days: ['7', 3] } },
      'the time is outside Wed, Sun 00:00–24:00 (UTC)',
    ],
  ];
  for (const [row, words] of readings) {
    it(`says "${words}"`, () => assert.equal(clause(row), words));
  }

  it('reads a rule that is not finished yet', () => {
    const rule = { all: [{}, { field: 'queue' }, { field: 'queue', operator: 'in', value: '' }] };
    assert.equal(sentence(rule), 'Fires when … and the queue … and the queue is one of ….');
  });

  it('keeps to one line that nothing in it can turn around', () => {
    const words = clause({ ...vip, value: 'a\nb\0\u202ec\ud800 👩‍🚀' });
    assert.equal(words, 'the queue is "a\\u000ab\\u0000\\u202ec\\ud800 👩‍🚀"');
  });

  it('shortens what is too long to read, between two characters', () => {
    const words = clause({ ...vip, value: '👩'.repeat(500) });
    assert.equal(words, `the queue is "${'👩'.repeat(80)}…"`);
  });

  it('is said by the editor in the same words, and can be said in others', () => {
    assert.deepEqual(flat(catalogue['trigger-condition'].sentence), english);
    const all = [incoming, { ...vip, ignoreCase: true }];
    const said = sentence({ all }, names, (key, { conditions = '' } = {}) =>
      key === 'when' ? `${conditions}!` : key.toUpperCase(),
    );
    const message = 'FIELD.MESSAGE OPERATOR.EQUALS VALUE.INCOMING';
    assert.equal(said, `${message} AND FIELD.QUEUE OPERATOR.EQUALS "VIP" (IGNORECASE)!`);
  });
});

type Tree = { readonly [key: string]: string | Tree };

function flat(tree: Tree, above = ''): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(tree).map(([key, value]) =>
      typeof value === 'string' ? { [above + key]: value } : flat(value, `${above}${key}.`),
    ),
  ) as Record<string, string>;
}
