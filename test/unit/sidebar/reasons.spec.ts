import assert from 'node:assert/strict';
import {
  reasonOf,
  type RowWords,
  rowText,
} from '../../../plugins/whatsapp-triggers/reasons.editor.ts';
import { whyKeys } from '../../../src/trace/why.ts';

const words: RowWords = {
  say: (key) => key.slice(key.indexOf('.') + 1),
  nameOf: (id) => (id === 'shop' ? 'The shop' : id),
};
const row = { trigger: 'Urgent', field: 'message.text', operator: 'contains', value: 'urgent' };

describe('the answer to "why did nothing happen"', () => {
  it('tells the first row that was false with what was there instead', () => {
    const { key, values } = reasonOf(
      { key: 'rowFalse', values: { ...row, actual: 'ciao' } },
      words,
    );
    assert.equal(key, 'why.rowFalse');
    assert.equal(values['row'], 'message-text contains urgent');
    assert.equal(values['actual'], 'ciao');
    assert.equal(values['trigger'], 'Urgent');
  });

  it('tells an absent value from an empty one', () => {
    const told = (actual: string | null) =>
      reasonOf({ key: 'rowFalse', values: { ...row, actual } }, words).key;
    assert.deepEqual([told(''), told(null)], ['why.rowFalse', 'why.rowFalseAbsent']);
  });

  it('calls accounts, variables and paths by their names', () => {
    const account = { field: 'account', operator: 'in', value: ['shop', 'gone'] };
    assert.equal(rowText(account, words), 'account in The shop, gone');
    const variable = { field: 'variable', name: 'ORDERNUM', operator: 'exists', value: '' };
    assert.equal(rowText(variable, words), 'ORDERNUM exists');
    const span = { field: 'msg', path: 'payload.n', operator: 'between', value: [1, 9] };
    assert.equal(rowText(span, words), 'payload.n between 1, 9');
  });

  it('has a text for every key of the log, also with no value at all', () => {
    for (const key of whyKeys) {
      assert.match(reasonOf({ key, values: {} }, words).key, /^why\.\w+$/, key);
    }
  });

  it('speaks of several actions only where there were several', () => {
    const told = (count: number) => reasonOf({ key: 'acted', values: { count } }, words).key;
    assert.deepEqual([told(1), told(2)], ['why.acted', 'why.actedSeveral']);
  });
});
