import assert from 'node:assert/strict';
import { operatorNames } from '../../../src/condition/operator.ts';
import { judgeRow } from '../../support/facts.ts';

describe('the operators', () => {
  const cases: Record<
    (typeof operatorNames)[number],
    [value: unknown, met: string[], not: string[]]
  > = {
    equals: ['Café', ['Café', 'Cafe\u0301'], ['café', 'Café ', '']],
    notEquals: ['Café', ['café', 'Café '], ['Café', 'Cafe\u0301']],
    contains: ['fé', ['Café', 'Cafe\u0301s'], ['CAFÉ', 'fe']],
    notContains: ['fé', ['CAFÉ', 'fe'], ['Café']],
    startsWith: ['Ca', ['Café', 'Ca'], ['ca', 'aCa']],
    endsWith: ['é', ['Café', 'e\u0301'], ['e', 'É']],
    matches: ['^\\d{3}-\\p{L}+$', ['123-é', '000-Ω'], ['123-', 'x123-é', '12-a']],
    in: ['a, b\nc d', ['a', 'b', 'c d'], ['c', 'a, b', 'A']],
    notIn: [
      ['a', 'b,c'],
      ['c', 'A'],
      ['a', 'b,c'],
    ],
    greaterThan: ['10', ['10.5', ' 11 ', '1e3'], ['10', '9', 'ten', '', '0x20', 'Infinity']],
    lessThan: [10, ['9.99', '-3', '+.5'], ['10', 'nine', '']],
    between: ['1, 10', ['1', '10', '5.5'], ['0.99', '10.01', 'five', '']],
    exists: ['', ['x', ' '], []],
    notExists: ['', [], ['x']],
  };

  for (const operator of operatorNames) {
    const [value, met, not] = cases[operator];
    it(`compares with "${operator}"`, () => {
      const row = { field: 'variable', name: 'X', operator, value };
      for (const text of met) {
        assert.equal(judgeRow(row, { variables: { X: text } }).met, true, JSON.stringify(text));
      }
      for (const text of not) {
        assert.equal(judgeRow(row, { variables: { X: text } }).met, false, JSON.stringify(text));
      }
    });
  }

  it('ignores case where it is told to, in every letter that has one', () => {
    const wanted = (operator: string, value: unknown, text: string) =>
      judgeRow(
        { field: 'variable', name: 'X', operator, value, ignoreCase: true },
        { variables: { X: text } },
      ).met;
    assert.equal(wanted('equals', 'straße', 'STRASSE'), true);
    assert.equal(wanted('contains', 'οδος', 'Η ΟΔΟΣ ΜΟΥ'), true);
    assert.equal(wanted('startsWith', 'É', 'e\u0301t'), true);
    assert.equal(wanted('endsWith', 'ЖДУ', 'я жду'), true);
    assert.equal(wanted('in', ['VIP'], 'vip'), true);
    assert.equal(wanted('matches', '^ciao', 'CIAO!'), true);
    assert.equal(wanted('notEquals', 'vip', 'VIP'), false);
  });

  it('reads "between" from two numbers in an array', () => {
    const row = { field: 'variable', name: 'X', operator: 'between', value: ['5', 7] };
    assert.equal(judgeRow(row, { variables: { X: 6 } }).met, true);
  });
});
