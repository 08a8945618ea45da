import assert from 'node:assert/strict';
import { runOf } from '../../../src/send/run.ts';

describe('the run of a message', () => {
  it('is its id, which the branches of a flow share', () => {
    assert.equal(runOf({ _msgid: 'a' }), 'a');
    for (const parts of [null, 'x', [], {}]) assert.equal(runOf({ _msgid: 'a', parts }), 'a');
  });

  it('is one for all that a split has made, also of what was split before', () => {
    const outer = (index: number) => ({ id: 'outer', index, count: 2 });
    const part = (_msgid: string, index: number) => ({ _msgid, parts: outer(index) });
    assert.deepEqual([part('a', 0), part('b', 1)].map(runOf), ['outer', 'outer']);
    const inner = { id: 'inner', index: 0, count: 1, parts: outer(1) };
    assert.equal(runOf({ _msgid: 'c', parts: inner }), 'outer');
  });
});
