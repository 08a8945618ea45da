import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ruleLabel } from '../../../nodes/trigger-condition/label.editor.ts';

const incoming = { field: 'message', operator: 'equals', value: 'incoming' };
const urgent = { field: 'message.text', operator: 'contains', value: 'urgent', ignoreCase: true };
const nobody = () => undefined;

describe('the label of a trigger', () => {
  it('says the rule in words, on two lines at most', () => {
    assert.equal(ruleLabel({ all: [incoming] }, nobody), 'the message is incoming');
    assert.equal(
      ruleLabel({ all: [incoming, urgent] }, nobody),
      'the message is incoming and the\\n message text contains "urgent" …',
    );
    assert.equal(
      ruleLabel({ all: [incoming], any: [urgent, { ...urgent, value: 'at once' }] }, nobody),
      'the message is incoming and (the\\n message text contains "urgent" …',
    );
  });

  it('says nothing of a rule that asks for nothing', () => {
    assert.equal(ruleLabel({ all: [], any: undefined }, nobody), '');
  });

  it('calls an account by its name', () => {
    const all = [{ field: 'account', operator: 'equals', value: 'acc1' }];
    assert.equal(
      ruleLabel({ all }, () => 'Shop'),
      'the account is "Shop"',
    );
  });

  it('stays small, whatever a row says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (value) => {
        const label = ruleLabel({ all: [{ ...urgent, value }, { field: value }] }, nobody);
        const lines = label.split('\\n ');
        assert.ok(lines.length <= 2 && lines.every((line) => Array.from(line).length <= 40), label);
      }),
    );
  });
});
