import assert from 'node:assert/strict';
import { eventKey } from '../../../src/script/event-key.ts';
import { createSendIds } from '../../../src/send/send-id.ts';

describe('the id of a send', () => {
  const to = { phone: '+391' };
  const event = { id: 'event-1', redelivered: false };
  const text = (text: string) => ({ kind: 'text', text }) as const;

  it('is one per event and node', () => {
    const id = createSendIds('node').of(event, to, text('a'));
    assert.equal(id, eventKey('event-1', 'node'));
    assert.notEqual(createSendIds('other').of(event, to, text('a')), id);
    assert.notEqual(createSendIds('node').of({ ...event, id: 'event-2' }, to, text('a')), id);
  });

  it('tells apart several messages for one event, and knows each of them again', () => {
    const ids = createSendIds('node');
    const all = ['a', 'b', 'c'].map((said) => ids.of(event, to, text(said)));
    assert.equal(new Set(all).size, 3);
    assert.notEqual(ids.of(event, { phone: '+392' }, text('a')), all[0]);
    assert.deepEqual(
      ['c', 'a', 'b'].map((said) => ids.of(event, to, text(said))),
      [all[2], all[0], all[1]],
    );
  });

  it('is the same for the event that comes again, even where the text has changed', () => {
    const before = createSendIds('node');
    const sent = ['at 10:00', 'bye'].map((said) => before.of(event, to, text(said)));
    for (const ids of [before, createSendIds('node')]) {
      const again = { ...event, redelivered: true };
      const found = ['at 10:05', 'bye'].map((said) => ids.of(again, to, text(said)));
      assert.deepEqual(found, sent);
    }
  });

  it('keeps no more than it has to', () => {
    const ids = createSendIds('node');
    for (let n = 0; n < 5_000; n++) ids.of({ ...event, id: `event-${n}` }, to, text('a'));
    assert.equal(ids.of({ ...event, id: 'event-0' }, to, text('b')), eventKey('event-0', 'node'));
  });
});
