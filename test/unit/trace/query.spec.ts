import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readQuery, writePosition } from '../../../src/trace/query.ts';

describe('what a request asks of the log', () => {
  it('reads every part, and takes the usual number of events', () => {
    assert.deepEqual(readQuery({ phone: ' 4567 ', outcome: 'failed', text: '' }), {
      query: { phone: '4567', outcome: 'failed', limit: 50 },
    });
    assert.deepEqual(readQuery({ since: '2026-11-22T10:00:00Z', limit: '100000' }), {
      query: { since: Date.parse('2026-11-22T10:00:00Z'), limit: 200 },
    });
  });

  it('names the part that it cannot read', () => {
    assert.deepEqual(readQuery({ outcome: 'wonderful' }), { wrong: 'outcome' });
    assert.deepEqual(readQuery({ since: 'then' }), { wrong: 'since' });
    assert.deepEqual(readQuery({ before: 'then' }), { wrong: 'before' });
  });

  it('goes on exactly where an answer ended, whatever the id', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ minLength: 1 }), (at, text) => {
        const id = `e${text}e`;
        const read = readQuery({ before: writePosition({ at, id }) });
        assert.deepEqual('query' in read && read.query.before, { at, id });
      }),
    );
  });

  it('ignores what is no text', () => {
    assert.deepEqual(readQuery({ text: ['a', 'b'], limit: { toString: 1 } }), {
      query: { limit: 50 },
    });
  });
});
