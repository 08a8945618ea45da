import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type LogFilter,
  merged,
  paramsOf,
  searchOf,
} from '../../../plugins/whatsapp-triggers/log-query.editor.ts';

const noFilter: LogFilter = { show: 'all', search: '', account: '', node: undefined };

describe('the search of the log', () => {
  it('takes digits for the end of a phone number, however they are grouped', () => {
    assert.deepEqual(searchOf(' +39 320 000-0101 '), { phone: '393200000101' });
    assert.deepEqual(searchOf('0101'), { phone: '0101' });
  });

  it('takes an id for an interaction', () => {
    const id = 'edb25764-0e45-495d-a729-476a789c6563';
    assert.deepEqual(searchOf(id), { interaction: id });
    assert.deepEqual(searchOf(id.slice(0, 13)), { interaction: id.slice(0, 13) });
  });

  it('takes all else for a part of a text, and blanks for nothing', () => {
    assert.deepEqual(searchOf('order 9/9'), { text: 'order 9/9' });
    assert.deepEqual(searchOf('12'), { text: '12' });
    assert.deepEqual(searchOf('  '), {});
  });

  it('looks for exactly one thing, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.equal(Object.keys(searchOf(text)).length, text.trim() === '' ? 0 : 1);
      }),
    );
  });

  it('asks the server for what is chosen, and for no more', () => {
    assert.deepEqual(paramsOf(noFilter, 50), { limit: '50' });
    const filter = { show: 'failed', search: '0101', account: 'shop', node: 'popup' } as const;
    assert.deepEqual(paramsOf(filter, 50, 'there'), {
      limit: '50',
      phone: '0101',
      outcome: 'failed',
      account: 'shop',
      node: 'popup',
      before: 'there',
    });
  });

  it('puts what is new in front and what has changed in its place, nothing twice', () => {
    const known = [
      { id: 'b', text: 'old' },
      { id: 'a', text: 'old' },
    ];
    const fresh = [
      { id: 'c', text: 'new' },
      { id: 'b', text: 'new' },
    ];
    assert.deepEqual(merged(fresh, known), [...fresh, known[1]]);
  });
});
