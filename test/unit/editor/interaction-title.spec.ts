import assert from 'node:assert/strict';
import { titleOf } from '../../../nodes/interaction/title.editor.ts';

describe('an interaction node without a name', () => {
  const say = (key: string) => `"${key}"`;

  it('is called after what it does', () => {
    for (const action of ['close', 'assign', 'variables'])
      assert.equal(titleOf(action, say), `"title.${action}"`);
  });

  it('is called by its type where only the environment knows what it does', () => {
    assert.equal(titleOf('${ACTION}', say), 'interaction');
    assert.equal(titleOf('constructor', say), 'interaction');
  });
});
