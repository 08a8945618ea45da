import assert from 'node:assert/strict';
import type { Finding, Known } from '../../../src/condition/finding.ts';
import { lint } from '../../../src/condition/lint.ts';
import { compilePattern } from '../../../src/condition/pattern.ts';
import type { Row, SavedRule } from '../../../src/condition/rule.ts';

const known: Known = {
  accounts: [
    ['acc1', 'Sales line', 'SALES'],
    ['acc2', 'Support', 'SUP'],
  ],
  queues: ['Sales & Co', 'VIP'],
  agents: ['anna'],
  variables: ['queue', 'ORDERNUM'],
};

const row = (field: string, operator: string, value: unknown = '', more: object = {}): Row => ({
  field,
  operator,
  value,
  ...more,
});
const message = (value: unknown, operator = 'equals') => row('message', operator, value);
const interaction = (value: unknown, operator = 'equals') => row('interaction', operator, value);
const text = (operator: string, value: unknown, more: object = {}) =>
  row('message.text', operator, value, more);
const orders = (operator: string, value: unknown) =>
  row('variable', operator, value, { name: 'ORDERNUM' });
const time = (from: string, to: string, days: readonly number[] = [], operator = 'equals') =>
  row('time', operator, { timeZone: 'Europe/Rome', days, from, to });

/** What is said, such as `all 2 contradicts all 1`. */
function said(rule: SavedRule, around: Known = known): string[] {
  return lint(rule, around, compilePattern).findings.map(words);
}

function words({ list, row, code, other }: Finding): string {
  return `${list} ${row + 1} ${code}${other ? ` ${other.list} ${other.row + 1}` : ''}`;
}

function met(rule: SavedRule): string {
  return lint(rule, known, compilePattern).met;
}

describe('lint', () => {
  it('has nothing to say about rules that people want', () => {
    const rules: readonly SavedRule[] = [
      {},
      { all: [row('account', 'equals', 'acc1'), message('accepted')] },
      { all: [interaction('opened'), message('incoming'), text('contains', 'urgent')] },
      { all: [message('incoming')], any: [text('contains', 'a'), text('contains', 'b')] },
      {
        all: [
          message('rejected', 'notEquals'),
          interaction('closed', 'notEquals'),
          row('agent', 'exists'),
        ],
      },
      { all: [text('contains', 'order'), text('notContains', 'reorder')] },
      { all: [orders('greaterThan', 5), orders('lessThan', 6)] },
      { all: [row('delivery', 'in', ['failed', 'read']), row('account', 'equals', 'SUP')] },
      { any: [time('09:00', '18:00', [1, 2, 3, 4, 5]), time('09:00', '13:00', [6])] },
    ];
    for (const rule of rules) {
      assert.deepEqual(said(rule), [], JSON.stringify(rule));
      assert.equal(met(rule), 'depends');
    }
  });

  const contradictions: readonly [string, readonly Row[]][] = [
    ['two changes', [interaction('opened'), interaction('closed')]],
    ['two verbs', [message('incoming'), message('accepted')]],
    ['a message in the event that closes', [interaction('closed'), message('incoming')]],
    ['an offer in the event that opens', [interaction('opened'), message('accepted')]],
    ['a text where there is no message', [interaction('closed'), text('contains', 'bye')]],
    [
      'an event that opens what is closed',
      [interaction('opened'), row('interaction.state', 'equals', 'closed')],
    ],
    ['a delivery of what came in', [row('delivery', 'equals', 'read'), message('incoming')]],
    ['two texts', [text('equals', 'a'), text('equals', 'b')]],
    ['a text that is too short', [text('equals', 'yes'), text('contains', 'yes please')]],
    ['two beginnings', [text('startsWith', 'a'), text('startsWith', 'b')]],
    ['two ends', [text('endsWith', 'a'), text('endsWith', 'b')]],
    ['a part of what is wanted', [text('contains', 'urgent'), text('notContains', 'urge')]],
    ['a pattern in no text', [text('matches', 'x+'), text('notExists', '')]],
    ['a text that is not there', [row('queue', 'notExists'), row('queue', 'equals', 'VIP')]],
    ['letters that differ', [text('equals', 'A'), text('in', ['a', 'b'])]],
    ['two accounts', [row('account', 'equals', 'acc1'), row('account', 'equals', 'SUP')]],
    [
      'an account and its name',
      [row('account', 'equals', 'acc1'), row('account', 'notEquals', 'Sales line')],
    ],
    ['numbers apart', [orders('greaterThan', 10), orders('lessThan', 5)]],
    ['a number outside', [orders('between', [1, 5]), orders('greaterThan', 5)]],
    ['a number and a word', [orders('equals', 'seven'), orders('greaterThan', 5)]],
    ['two days', [time('09:00', '18:00', [1]), time('09:00', '18:00', [2])]],
    ['two times of the day', [time('09:00', '12:00'), time('12:00', '13:00')]],
  ];
  for (const [what, all] of contradictions) {
    it(`finds that no message meets ${what}`, () => {
      assert.deepEqual(
        said({ all }).filter((line) => line.includes('contra')),
        ['all 2 contradicts all 1'],
      );
      assert.equal(met({ all }), 'never');
    });
  }

  it('finds what only three rows make impossible', () => {
    const all = [
      text('in', ['a', 'b']),
      text('notEquals', 'a', { ifPresent: true }),
      text('notEquals', 'b', { ifPresent: true }),
    ];
    assert.deepEqual(said({ all }), ['all 3 contradictsAll']);
    assert.equal(met({ all }), 'never');
  });

  it('takes no case for another where it counts, and for the same where it does not', () => {
    const loud = text('equals', 'YES', { ignoreCase: true });
    assert.deepEqual(said({ all: [loud, text('startsWith', 'y')] }), []);
    assert.deepEqual(said({ all: [loud, text('equals', 'no', { ignoreCase: true })] }), [
      'all 2 contradicts all 1',
    ]);
  });

  it('calls no number out of reach that is further out than floating point counts by ones', () => {
    for (const limit of ['10000000000000000', '1e308', '-1e308']) {
      assert.deepEqual(said({ all: [orders('greaterThan', limit)] }), []);
      assert.deepEqual(said({ all: [orders('lessThan', `-${limit}`.replace('--', ''))] }), []);
    }
    assert.deepEqual(
      said({ all: [orders('greaterThan', '1e308'), orders('lessThan', '1.7e308')] }),
      [],
    );
    assert.deepEqual(said({ all: [orders('greaterThan', Number.MAX_VALUE)] }), ['all 1 neverMet']);
  });

  it('asks a pattern of no spelling but the one that an event is sure to have', () => {
    const type = (operator: string, value: string, more: object = {}) =>
      row('message.type', operator, value, more);
    const about = (...all: readonly Row[]) => said({ all });
    const anyCase = { ignoreCase: true };
    assert.deepEqual(about(type('equals', 'Text'), type('matches', '^te')), []);
    assert.deepEqual(
      about(text('equals', 'STRASSE', anyCase), text('matches', 'straße', anyCase)),
      [],
    );
    assert.deepEqual(about(text('equals', 'Text'), text('matches', '^te')), [
      'all 2 contradicts all 1',
    ]);
  });

  it('takes no pattern for another that differs in the case of a letter, or counts it', () => {
    const anyCase = { ignoreCase: true };
    const rule = {
      all: [text('matches', String.raw`^\D`, anyCase)],
      any: [text('matches', String.raw`^\d`, anyCase)],
    };
    assert.deepEqual(said(rule), []);
    const type = (more: object = {}) => row('message.type', 'matches', '^te', more);
    assert.deepEqual(said({ all: [type()], any: [type(anyCase)] }), []);
    assert.deepEqual(said({ all: [type(), type({ ifPresent: true })] }), ['all 2 implied all 1']);
  });

  it('finds rows that every event meets', () => {
    assert.deepEqual(said({ all: [message('incoming'), row('account', 'exists')] }), [
      'all 2 alwaysMet',
    ]);
    const states = row('interaction.state', 'in', ['open', 'closed']);
    assert.deepEqual(said({ all: [states] }), ['all 1 alwaysMet']);
    assert.equal(met({ all: [states] }), 'always');
    assert.deepEqual(said({ all: [time('00:00', '24:00')] }), ['all 1 alwaysMet']);
    assert.deepEqual(said({ all: [time('00:00', '24:00', [], 'notEquals')] }), ['all 1 neverMet']);
  });

  it('finds that "not this, or not that" asks nothing', () => {
    const any = [message('accepted', 'notEquals'), message('rejected', 'notEquals')];
    assert.ok(said({ any }).includes('any 2 alwaysEither any 1'));
    assert.equal(met({ any }), 'always');
    const texts = [text('contains', 'a'), text('notContains', 'a')];
    assert.deepEqual(said({ any: texts }), ['any 2 alwaysEither any 1']);
  });

  it('finds rows that are there twice, in the same list or in both', () => {
    const rows = [message('incoming'), text('exists', ''), message('incoming')];
    assert.ok(said({ all: rows }).includes('all 3 repeated all 1'));
    assert.ok(said({ any: rows }).includes('any 3 repeated any 1'));
    assert.deepEqual(said({ all: [message('incoming')], any: [message('incoming')] }), [
      'any 1 demanded all 1',
    ]);
  });

  it('finds rows that another one makes needless', () => {
    assert.deepEqual(said({ all: [message('incoming'), message('accepted', 'notEquals')] }), [
      'all 2 implied all 1',
    ]);
    assert.deepEqual(said({ all: [text('exists', ''), text('equals', 'a')] }), [
      'all 1 implied all 2',
    ]);
    assert.deepEqual(
      said({ any: [text('contains', 'urgent please'), text('contains', 'urgent')] }),
      ['any 1 covered any 2'],
    );
  });

  it('finds a row of the second list that the first one rules out', () => {
    const rule = {
      all: [message('incoming')],
      any: [interaction('closed'), interaction('opened')],
    };
    assert.deepEqual(said(rule), ['any 1 contradicts all 1']);
    assert.equal(met(rule), 'depends');
    assert.equal(met({ ...rule, any: [interaction('closed')] }), 'never');
  });

  it('names accounts and time zones that do not exist, as the runtime refuses them', () => {
    const [account] = lint(
      { any: [row('account', 'in', 'acc1, gone')] },
      known,
      compilePattern,
    ).findings;
    assert.deepEqual(account, {
      list: 'any',
      row: 0,
      code: 'unknownAccount',
      level: 'fault',
      text: 'gone',
    });
    const zone = row('time', 'equals', { timeZone: 'Europe/Atlantis' });
    const [found] = lint({ all: [zone] }, known, compilePattern).findings;
    assert.deepEqual([found?.code, found?.text], ['unknownTimeZone', 'Europe/Atlantis']);
  });

  it('still judges the other rows when one cannot be asked', () => {
    const all = [message('incoming'), row('colour', 'equals', 'red'), message('accepted')];
    assert.deepEqual(said({ all }), ['all 2 unknownField', 'all 3 contradicts all 1']);
    assert.equal(met({ all }), 'depends');
  });

  it('hints at names that nobody has, and at the one that may be meant', () => {
    const near = (field: string, value: string, more: object = {}) => {
      const { findings } = lint(
        { all: [row(field, 'equals', value, more)] },
        known,
        compilePattern,
      );
      return findings.map(({ code, near }) => [code, near]);
    };
    assert.deepEqual(near('queue', 'vip'), [['unknownQueue', 'VIP']]);
    assert.deepEqual(near('queue', 'vip', { ignoreCase: true }), []);
    assert.deepEqual(near('agent', 'bruno'), [['unknownAgent', undefined]]);
    assert.deepEqual(near('variable', '7', { name: 'ordernum' }), [
      ['unknownVariable', 'ORDERNUM'],
    ]);
    const nobody = { accounts: known.accounts };
    assert.deepEqual(said({ all: [row('queue', 'equals', 'vip')] }, nobody), []);
  });

  it('hints at phone numbers in a form that no event has', () => {
    for (const value of ['39333', '+39 333', '0039333']) {
      assert.deepEqual(said({ all: [row('contact.phone', 'startsWith', value)] }), [
        'all 1 phoneForm',
      ]);
    }
    assert.deepEqual(said({ all: [row('contact.phone', 'startsWith', '+39')] }), []);
    assert.deepEqual(said({ all: [row('contact.phone', 'endsWith', '4567')] }), []);
  });

  it('hints at a pattern that finds everything, and at rules that silence meets', () => {
    assert.deepEqual(said({ all: [text('matches', 'x*')] }), ['all 1 anyText']);
    assert.deepEqual(said({ all: [text('matches', '^x*$')] }), []);
    assert.deepEqual(said({ all: [row('queue', 'notEquals', 'VIP')] }), ['all 1 alsoAbsent']);
    const present = row('queue', 'notEquals', 'VIP', { ifPresent: true });
    assert.deepEqual(said({ all: [present] }), []);
  });
});
