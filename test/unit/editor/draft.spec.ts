import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compile } from '../../../src/condition/compile.ts';
import { fieldNames, fields } from '../../../src/condition/field.ts';
import { operatorNames } from '../../../src/condition/operator.ts';
import { compilePattern } from '../../../src/condition/pattern.ts';
import { readRule, type Row } from '../../../src/condition/rule.ts';
import { sentence } from '../../../src/condition/sentence.ts';
import {
  draftOf,
  newDraft,
  rowOf,
  viewOf,
  withField,
  withOperator,
} from '../../../nodes/trigger-condition/draft.editor.ts';
import { lintForm } from '../../../nodes/trigger-condition/lint-form.editor.ts';
import { openRows } from '../../../nodes/trigger-condition/saved-rows.editor.ts';

const around = { accounts: ['shop', 'demo'], timeZone: 'Europe/Rome' };
const office = { timeZone: 'Europe/Rome', days: [1, 5], from: '09:00', to: '18:00' };

function throughTheForm(saved: object): Row {
  const [row] = readRule({ all: [saved] }).all;
  assert.ok(row);
  return rowOf(draftOf(row, around));
}

describe('the form of a condition', () => {
  it('writes back every kind of condition as it read it', () => {
    const rows: readonly Row[] = [
      { field: 'account', operator: 'equals', value: 'shop' },
      { field: 'account', operator: 'notIn', value: ['shop', 'gone'] },
      { field: 'interaction', operator: 'equals', value: 'opened' },
      { field: 'message', operator: 'in', value: ['accepted', 'rejected'] },
      { field: 'message.text', operator: 'contains', value: ' ordine "à" ', ignoreCase: true },
      { field: 'message.type', operator: 'equals', value: 'hologram' },
      { field: 'agent', operator: 'notEquals', value: 'ada', ifPresent: true },
      { field: 'delivery', operator: 'exists', value: '' },
      { field: 'time', operator: 'notEquals', value: office },
      { field: 'variable', name: 'ORDERNUM', operator: 'between', value: [1, 10.5] },
      { field: 'msg', path: 'payload.order["the total"]', operator: 'greaterThan', value: 5 },
      { field: 'msg', path: 'payload.x', operator: 'matches', value: '^a+$', ignoreCase: true },
    ];
    for (const row of rows) assert.deepEqual(throughTheForm(row), row);
  });

  it('keeps what a person wrote by hand, also what it cannot offer', () => {
    const unknown = { field: 'colour', operator: 'resembles', value: 'red' };
    assert.deepEqual(throughTheForm(unknown), unknown);
    const view = viewOf(draftOf(unknown, around));
    assert.ok(view.fields.includes('colour') && view.operators.includes('resembles'));
  });

  it('saves a row that nobody has changed as it was written', () => {
    const rows = [
      { field: 'message.text', operator: 'within', value: ['a', 'b'] },
      { field: 'variable', name: 'X', operator: 'exists' },
      { field: 'variable', name: 'X', operator: 'greaterThan', value: '5' },
      { field: 'time', operator: 'equals', value: { timeZone: 'Europe/Rome', days: [1] } },
    ];
    const { drafts, save } = openRows('all', rows, around);
    assert.deepEqual(drafts.map(save), rows);
    const changed = drafts.map((draft) => save({ ...draft, text: '6' }));
    assert.deepEqual(changed[2], { ...rows[2], value: 6 });
  });

  it('saves the time zone that its form shows where none was written', () => {
    const row = { field: 'time', operator: 'equals', value: { days: [1] } };
    const { drafts, save } = openRows('any', [row], around);
    const [saved] = drafts.map(save) as Row[];
    assert.deepEqual(saved?.value, { ...office, days: [1], from: '00:00', to: '24:00' });
  });

  it('finds no fault in a row that an environment variable stands in', () => {
    const known = { accounts: [], queues: [], agents: [], variables: [] };
    const faults = (...rows: readonly Row[]) =>
      lintForm({ all: rows, any: [] }, known).findings.map(({ code, row }) => `${row}: ${code}`);
    const number = { field: 'variable', name: 'X', operator: 'greaterThan' };
    const time = { ...office, timeZone: '${ZONE}' };
    assert.deepEqual(
      faults(
        { ...number, value: '${LIMIT}' },
        { field: 'time', operator: 'equals', value: time },
        { field: 'account', operator: 'equals', value: '${ACCOUNT}' },
        { field: 'account', operator: 'equals', value: 'gone' },
      ).filter((text) => !text.endsWith('unknownVariable')),
      ['3: unknownAccount'],
    );
  });

  it('says the same in words before and after, for any condition that can be asked', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('Opened', ' accepted ', 'image', '1, 10', '3', office),
      fc.integer(),
      fc.array(fc.constantFrom('open', 'closed', 'incoming', 'failed', '2')),
    );
    const saved = fc.record(
      {
        field: fc.constantFrom(...fieldNames),
        operator: fc.constantFrom(...operatorNames),
        value,
        name: fc.constantFrom('ORDERNUM', 'text'),
        path: fc.constantFrom('payload.x', 'msg.topic'),
        ignoreCase: fc.boolean(),
      },
      { requiredKeys: ['field', 'operator', 'value', 'name', 'path'] },
    );
    fc.assert(
      fc.property(saved, (row) => {
        fc.pre(compile({ all: [row] }, compilePattern).ok);
        const written = throughTheForm(row);
        assert.ok(compile({ all: [written] }, compilePattern).ok);
        const plain = { ...row, ignoreCase: false };
        const shown = viewOf(draftOf(written, around)).options.includes('ignoreCase') ? row : plain;
        assert.equal(sentence({ all: [written] }), sentence({ all: [shown] }));
      }),
    );
  });

  it('offers only the operators of the field', () => {
    for (const field of fieldNames) {
      const draft = withField(newDraft(undefined, around), field, around);
      assert.deepEqual(viewOf(draft).operators, fields[field].operators);
    }
  });

  it('lets the value control follow the field and the operator', () => {
    const kindOf = (field: string, operator: string) =>
      viewOf(draftOf({ field, operator, value: '' }, around)).control.kind;
    assert.equal(kindOf('account', 'equals'), 'account');
    assert.equal(kindOf('message', 'equals'), 'enumeration');
    assert.equal(kindOf('message.text', 'matches'), 'pattern');
    assert.equal(kindOf('queue', 'in'), 'list');
    assert.equal(kindOf('variable', 'between'), 'range');
    assert.equal(kindOf('time', 'equals'), 'time');
    assert.equal(kindOf('agent', 'exists'), 'none');
  });

  it('takes the first choice when a field with fixed choices is chosen', () => {
    const blank = newDraft(undefined, around);
    assert.equal(rowOf(withField(blank, 'message', around)).value, 'accepted');
    assert.equal(rowOf(withField(blank, 'account', around)).value, 'shop');
  });

  it('leaves a word alone that differs from its choice only by case', () => {
    const draft = draftOf({ field: 'message', operator: 'equals', value: 'Rejected' }, around);
    assert.equal(rowOf(draft).value, 'Rejected');
    assert.equal(rowOf(withOperator(draft, 'notEquals', around)).value, 'rejected');
  });

  it('keeps a text while other operators are tried', () => {
    const draft = draftOf({ field: 'message.text', operator: 'contains', value: 'order' }, around);
    const tried = withOperator(withOperator(draft, 'exists', around), 'startsWith', around);
    assert.equal(rowOf(tried).value, 'order');
    assert.equal(rowOf(withField(draft, 'contact.name', around)).value, 'order');
  });

  it('starts a new row from the field and operator of the row above', () => {
    const above = draftOf({ field: 'queue', operator: 'notEquals', value: 'Sales' }, around);
    const { field, operator, value } = rowOf(newDraft(above, around));
    assert.deepEqual(
      { field, operator, value },
      { field: 'queue', operator: 'notEquals', value: '' },
    );
  });

  it('starts with what is asked most: an incoming message, then its text', () => {
    const first = newDraft(undefined, around);
    assert.deepEqual(rowOf(first), { field: 'message', operator: 'equals', value: 'incoming' });
    assert.deepEqual(rowOf(newDraft(first, around)), {
      field: 'message.text',
      operator: 'contains',
      value: '',
      ignoreCase: true,
    });
    const rejected = newDraft({ ...first, text: 'rejected' }, around);
    assert.equal(rejected.field, 'message');
  });

  it('starts a time condition with office hours in the zone at hand', () => {
    const draft = withField(newDraft(undefined, around), 'time', around);
    assert.deepEqual(rowOf(draft).value, {
      timeZone: 'Europe/Rome',
      days: [1, 2, 3, 4, 5],
      from: '09:00',
      to: '18:00',
    });
    assert.ok(compile({ all: [rowOf(draft)] }, compilePattern).ok);
  });

  it('offers "only if present" where an absent field would count as met', () => {
    const options = (field: string, operator: string) =>
      viewOf(draftOf({ field, operator, value: '' }, around)).options;
    assert.deepEqual(options('agent', 'notEquals'), ['ignoreCase', 'ifPresent']);
    assert.deepEqual(options('agent', 'equals'), ['ignoreCase']);
    assert.deepEqual(options('interaction', 'notEquals'), ['ifPresent']);
    assert.deepEqual(options('agent', 'notExists'), []);
    assert.deepEqual(options('time', 'notEquals'), []);
  });
});
