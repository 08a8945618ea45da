import assert from 'node:assert/strict';
import { eventKey } from '../../../src/script/event-key.ts';

describe('the event key', () => {
  it('is the same for one event at one node, and for no other', () => {
    assert.match(eventKey('e1', 'n1'), /^[0-9a-f]{64}$/);
    assert.equal(eventKey('e1', 'n1'), eventKey('e1', 'n1'));
    const keys = [eventKey('e1', 'n1'), eventKey('e2', 'n1'), eventKey('e1', 'n2')];
    assert.equal(new Set(keys).size, 3);
  });
});
