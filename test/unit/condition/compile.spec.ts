import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compile } from '../../../src/condition/compile.ts';
import { compilePattern } from '../../../src/condition/pattern.ts';
import { describeProblem } from '../../../src/condition/problem.ts';
import { sentence } from '../../../src/condition/sentence.ts';
import { compiled, judge, problemOf } from '../../support/facts.ts';

const hostile = [
  '"><script>alert(1)</script>',
  '__proto__',
  'constructor',
  '\0',
  '\ud800',
  '\u202eabc',
  '👩‍🚀',
  "'; DROP TABLE x; --",
  '{{name}}',
];

describe('compile', () => {
  const wrong: [what: string, row: unknown, code: string][] = [
    ['a field that does not exist', { field: 'colour', operator: 'equals' }, 'unknownField'],
    ['a field of the prototype', { field: 'toString', operator: 'equals' }, 'unknownField'],
    ['a row without a field', { operator: 'equals', value: 'x' }, 'noField'],
    ['a row that is a text', 'message equals incoming', 'noField'],
    ['a row that is nothing', null, 'noField'],
    [
      'an operator that does not exist',
      { field: 'message', operator: 'is', value: 'incoming' },
      'unknownOperator',
    ],
    [
      'an operator of the prototype',
      { field: 'message', operator: 'valueOf', value: 'incoming' },
      'unknownOperator',
    ],
    ['a row without an operator', { field: 'message', value: 'incoming' }, 'noOperator'],
    [
      'an operator that the field does not have',
      { field: 'message', operator: 'contains', value: 'in' },
      'operatorNotForField',
    ],
    [
      'a time that is to contain something',
      { field: 'time', operator: 'contains', value: '9' },
      'operatorNotForField',
    ],
    ['an empty account', { field: 'account', operator: 'equals', value: ' ' }, 'noAccount'],
    ['an absent account', { field: 'account', operator: 'notEquals' }, 'noAccount'],
    ['an empty list of accounts', { field: 'account', operator: 'in', value: [] }, 'noAccount'],
    [
      'a value outside the enumeration',
      { field: 'interaction', operator: 'equals', value: 'open' },
      'unknownValue',
    ],
    [
      'a list with a value outside the enumeration',
      { field: 'message', operator: 'in', value: 'incoming, sent' },
      'unknownValue',
    ],
    ['an empty enumeration value', { field: 'message', operator: 'equals', value: '' }, 'noValue'],
    ['an empty value of a text', { field: 'queue', operator: 'equals', value: '' }, 'noValue'],
    ['an object as a value', { field: 'queue', operator: 'equals', value: {} }, 'notSingle'],
    ['an array for "equals"', { field: 'queue', operator: 'equals', value: ['A'] }, 'notSingle'],
    ['nothing to look for', { field: 'queue', operator: 'contains', value: '' }, 'noValue'],
    ['an empty list', { field: 'queue', operator: 'in', value: ' , \n' }, 'noValue'],
    [
      'a limit that is no number',
      { field: 'message.text', operator: 'lessThan', value: 'ten' },
      'noNumber',
    ],
    [
      '"between" with one number',
      { field: 'message.text', operator: 'between', value: '5' },
      'noRange',
    ],
    [
      '"between" with a word',
      { field: 'message.text', operator: 'between', value: ['1', 'x'] },
      'noRange',
    ],
    [
      '"between" upside down',
      { field: 'message.text', operator: 'between', value: [9, 1] },
      'upsideDown',
    ],
    ['a variable without a name', { field: 'variable', operator: 'exists' }, 'noName'],
    [
      'a variable with a name that none can have',
      { field: 'variable', name: 'a-b', operator: 'exists' },
      'noName',
    ],
    ['a property without a path', { field: 'msg', operator: 'exists' }, 'noPath'],
    [
      'a path that cannot be read',
      { field: 'msg', path: 'payload..x', operator: 'exists' },
      'noPath',
    ],
    [
      'a pattern that cannot be read',
      { field: 'queue', operator: 'matches', value: '(' },
      'badPattern',
    ],
    [
      'a time zone that does not exist',
      { field: 'time', operator: 'equals', value: { timeZone: 'Europe/Atlantis' } },
      'unknownTimeZone',
    ],
    ['a time without a value', { field: 'time', operator: 'equals', value: '' }, 'noTimeZone'],
  ];

  for (const [what, row, code] of wrong) {
    it(`refuses ${what}`, () => {
      const problem = problemOf(row);
      assert.equal(problem?.code, code);
      assert.match(problem.reason, /^\S.+[^.]$/);
    });
  }

  it('names every wrong row by its list and place', () => {
    const result = compile(
      {
        all: [{ field: 'message', operator: 'equals', value: 'incoming' }, { field: 'x' }],
        any: [{ field: 'queue', operator: 'like' }],
      },
      compilePattern,
    );
    assert.deepEqual(result.ok ? [] : result.problems.map(describeProblem), [
      'Condition 2 of "all": there is no field "x"',
      'Condition 1 of "any": there is no operator "like"',
    ]);
  });

  it('refuses lists that are none, instead of firing on everything', () => {
    for (const all of [{}, 'x', 5, true]) assert.equal(compile({ all }, compilePattern).ok, false);
  });

  it('takes lists that were never saved for empty ones', () => {
    for (const all of [undefined, null, '', []]) assert.equal(judge({ all }).met, true);
  });

  it('takes numbers and switches that were saved as texts', () => {
    const row = { field: 'variable', name: 'X', operator: 'equals', value: 5, ifPresent: 'true' };
    assert.equal(judge({ all: [row] }, { variables: { X: '5' } }).met, true);
    const off = { ...row, operator: 'notEquals', ifPresent: 'false' };
    assert.equal(judge({ all: [off] }).met, true);
  });

  it('tells the accounts that rows name, none twice', () => {
    const account = (operator: string, value?: unknown) => ({ field: 'account', operator, value });
    const { accounts } = compiled({
      all: [account('equals', 'a, b'), account('exists')],
      any: [account('notIn', 'c, d'), account('equals', 'c')],
    });
    assert.deepEqual(accounts, ['a, b', 'c', 'd']);
  });

  it('compares hostile text like any other', () => {
    for (const text of hostile) {
      const rule = { all: [{ field: 'variable', name: 'X', operator: 'equals', value: text }] };
      assert.equal(judge(rule, { variables: { X: text } }).met, true, JSON.stringify(text));
      assert.equal(judge(rule, { variables: { X: `${text}.` } }).met, false, JSON.stringify(text));
    }
  });

  it('neither throws nor breaks a sentence on anything that JSON can hold', () => {
    const word = fc.oneof(
      fc.constantFrom(...hostile, 'account', 'message', 'time', 'msg', 'equals', 'in', 'matches'),
      fc.jsonValue(),
    );
    const row = fc.record(
      { field: word, operator: word, value: word, name: word, path: word, ifPresent: word },
      { requiredKeys: [] },
    );
    const list = fc.oneof(fc.array(fc.oneof(row, fc.jsonValue())), fc.jsonValue());
    fc.assert(
      fc.property(list, list, (all, any) => {
        const result = compile({ all, any }, compilePattern);
        assert.equal(typeof result.ok, 'boolean');
        if (result.ok) assert.equal(typeof judge({ all, any }).met, 'boolean');
        assert.match(sentence({ all, any }), /^Fires [^\n]+\.$/);
      }),
    );
  });
});
