import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { readKept } from '../../../src/forward/kept-message.ts';
import { createPassingOn } from '../../../src/forward/pass-on.ts';
import type { Landing } from '../../../src/inbox/in-flight.ts';
import type { ForwardChange, ForwardStore, KeptForward } from '../../../src/store/forwards.ts';

const forward: KeptForward = {
  id: 'f',
  node: 'n',
  target: 'https://crm.example',
  lane: '',
  request: undefined,
  message: '{"payload":{"id":"e","redelivered":false}}',
  state: 'answered',
  attempts: 3,
  nextAt: 0,
  createdAt: 0,
  code: undefined,
  reason: undefined,
  status: undefined,
};
const completed = { payload: { id: 'e', redelivered: false }, response: { attempts: 3 } };

describe('passing a message on after a later try', () => {
  /** A node whose messages land as told, and a store that notes what it is asked. */
  function setUp(landings: readonly Landing[], isThere = true) {
    const sent: any[] = [];
    const asked: (string | ForwardChange)[] = [];
    const left = [...landings];
    const held = Promise.withResolvers<Landing>();
    const store = {
      changeForward: async (_id: string, change: ForwardChange) => {
        asked.push(change);
        return isThere;
      },
      removeForwards: async () => {
        asked.push('removed');
      },
    } as unknown as ForwardStore;
    const senders = new Map([
      [
        'n',
        {
          send: async (message: object) => {
            sent.push(message);
            return left.shift() ?? held.promise;
          },
        },
      ],
    ]);
    const passing = createPassingOn({
      sender: (id) => senders.get(id),
      stores: () => [store],
      problem: (error) => assert.fail(error),
    });
    return { passing, store, sent, asked, senders, held };
  }

  it('keeps the answer first, and the forward until the flow has finished', async () => {
    const { passing, store, sent, asked, held } = setUp([]);
    await passing.start(forward, store, completed);
    const message = JSON.stringify(completed);
    assert.deepEqual(asked, [{ state: 'answered', attempts: 3, message }]);
    assert.deepEqual(sent, [completed]);
    assert.ok(passing.has('f'));
    held.resolve('finished');
    await setImmediate();
    assert.deepEqual(asked.at(-1), 'removed');
    assert.ok(!passing.has('f'));
  });

  it('sends what a deploy has lost once more, and says so', async () => {
    const { passing, store, sent, asked } = setUp(['lost', 'finished']);
    await passing.start(forward, store, completed);
    await setImmediate();
    assert.deepEqual(
      sent.map(({ payload }) => payload.redelivered),
      [false, true],
    );
    assert.equal(asked.at(-1), 'removed');
  });

  it('says of a message that may have been on its way before that it comes again', async () => {
    const { passing, store, sent } = setUp(['finished']);
    await passing.start(forward, store);
    assert.equal(sent[0].payload.redelivered, true);
  });

  it('no longer says that somebody has sent the event again, where nobody has', async () => {
    const { passing, store, sent } = setUp(['lost', 'finished']);
    const payload = { id: 'e', redelivered: true, resent: true };
    await passing.start(forward, store, { payload });
    await setImmediate();
    assert.deepEqual(sent, [{ payload }, { payload: { id: 'e', redelivered: true } }]);
  });

  it('keeps beside the message what was kept there, and does not send it', async () => {
    const { passing, store, sent, asked } = setUp(['lost', 'finished']);
    const values = { 'response.body.id': 'A7' };
    const message = JSON.stringify({ payload: 1, _values: values });
    await passing.start({ ...forward, message }, store, completed);
    await setImmediate();
    const again = { ...completed, payload: { id: 'e', redelivered: true } };
    assert.deepEqual(sent, [completed, again]);
    const text = (asked[0] as ForwardChange).message ?? '';
    assert.deepEqual(readKept(text), { message: completed, values });
  });

  it('sends one at a time, whoever asks', async () => {
    const { passing, store, sent } = setUp([]);
    await Promise.all([passing.start(forward, store), passing.start(forward, store)]);
    assert.equal(sent.length, 1);
  });

  it('sends nothing that was discarded meanwhile', async () => {
    const { passing, store, sent } = setUp([], false);
    await passing.start(forward, store, completed);
    assert.deepEqual(sent, []);
    assert.ok(!passing.has('f'));
  });

  it('leaves the forward in the store when its node is gone', async () => {
    const { passing, store, senders, asked } = setUp(['lost']);
    const started = passing.start(forward, store);
    senders.clear();
    await started;
    await setImmediate();
    assert.deepEqual(asked, []);
    assert.ok(!passing.has('f'));
  });
});
