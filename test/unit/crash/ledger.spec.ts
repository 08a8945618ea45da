import assert from 'node:assert/strict';
import { balance, type Evidence } from '../../crash/ledger.ts';
import { messageId } from '../../crash/message-id.ts';

const id = (sequence: number, contact = 1) => messageId({ contact, sequence });
const effect = (sequence: number, key = `key ${sequence}`, status = 200) => ({
  id: id(sequence),
  key,
  status,
});

/** Three messages with their effects, one of them twice. */
const whole: Evidence = {
  sent: [id(1), id(2), id(3)],
  acknowledged: [id(1), id(2), id(3)],
  effects: [effect(1), effect(2), effect(1), effect(3)],
  deadLetters: [],
  setAside: [],
  pending: [],
};
const violations = (more: Partial<Evidence>) =>
  balance({ ...whole, ...more }).violations.join('\n');

describe('the ledger of the crash test', () => {
  it('balances when every message is in one place, whichever it is', () => {
    assert.equal(violations({}), '');
    const places = { deadLetters: [id(4)], setAside: [id(5)], pending: [id(6)] };
    const all = [1, 2, 3, 4, 5, 6].map((sequence) => id(sequence));
    const refused = [...whole.effects, effect(4, 'key 4', 422)];
    assert.equal(violations({ ...places, sent: all, acknowledged: all, effects: refused }), '');
  });

  it('counts once what has ended without the store’s knowing', () => {
    const { lines, violations } = balance({ ...whole, pending: [id(3)], setAside: [id(2)] });
    assert.deepEqual(violations, []);
    assert.deepEqual(
      lines.slice(0, 5).map(([, count]) => count),
      [3, 3, 0, 0, 0],
    );
  });

  it('sees a message that is lost', () => {
    assert.match(violations({ effects: [effect(1), effect(2)] }), /^lost: .*-1-3 /);
  });

  it('sees an effect of what nobody sent or acknowledged', () => {
    const effects = [...whole.effects, effect(4)];
    assert.match(violations({ effects }), /never acknowledged/);
    assert.match(violations({ effects }), /never sent/);
  });

  it('sees a message in two places', () => {
    const all = [...whole.sent, id(4)];
    for (const twice of [
      { deadLetters: [id(3)] },
      { setAside: [id(4)], pending: [id(4)] },
      { setAside: [id(4), id(4)] },
    ]) {
      assert.match(violations({ ...twice, sent: all, acknowledged: all }), /in two places/);
    }
  });

  it('sees a second key of a message, and a key of two messages', () => {
    assert.match(violations({ effects: [...whole.effects, effect(3, 'other')] }), /second key/);
    assert.match(violations({ effects: [effect(1), effect(2), effect(3, 'key 1')] }), /second key/);
  });

  it('sees a first effect that came after that of a younger message of the contact', () => {
    assert.match(
      violations({ effects: [effect(1), effect(3), effect(2)] }),
      /out of order: .*-1-2 /,
    );
  });
});
