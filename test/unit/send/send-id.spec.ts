import assert from 'node:assert/strict';
import { createSendIds, type SendIds } from '../../../src/send/send-id.ts';
import type { EarlierSend } from '../../../src/store/sends.ts';

describe('the id of a send', () => {
  const to = { phone: '+391' };
  const other = { phone: '+392' };
  const event = { id: 'event-1', redelivered: false };
  const again = { ...event, redelivered: true };
  const text = (text: string) => ({ kind: 'text', text }) as const;

  /** What has begun under the ids so far. */
  let begun: EarlierSend[];
  beforeEach(() => {
    begun = [];
  });
  const store = {
    sendsUnder: async (prefix: string) => begun.filter(({ id }) => id.startsWith(prefix)),
  };
  const idOf = (ids: SendIds, said: string, cause = event, run = 'run', whom = to) =>
    ids.of({ event: cause, run }, whom, text(said), store);
  async function send(
    ids: SendIds,
    said: string,
    more: {
      cause?: typeof event;
      run?: string;
      whom?: typeof to;
      state?: EarlierSend['state'];
    } = {},
  ) {
    const { cause = event, run = 'run', whom = to, state = 'sent' } = more;
    const id = await idOf(ids, said, cause, run, whom);
    if (!begun.some((one) => one.id === id)) begun.push({ id, to: whom, state });
    return id;
  }
  const redelivered = { cause: again, run: 'run 2' };

  it('is one per event, node, contact and what is said', async () => {
    const ids = createSendIds('node');
    const id = await idOf(ids, 'a');
    assert.equal(await idOf(createSendIds('node'), 'a'), id);
    assert.notEqual(await idOf(createSendIds('other'), 'a'), id);
    assert.notEqual(await idOf(ids, 'a', { ...event, id: 'event-2' }), id);
    assert.notEqual(await idOf(ids, 'b'), id);
    assert.notEqual(await idOf(ids, 'a', event, 'run', other), id);
  });

  it('is a reference that every provider takes', async () => {
    assert.match(await idOf(createSendIds('node'), 'a'), /^[0-9a-f]{64}$/);
  });

  it('is another one for another message, also when the node was deployed anew or events came between', async () => {
    const ids = createSendIds('node');
    const first = await send(ids, 'Thank you');
    for (let n = 0; n < 2_001; n++) await idOf(ids, 'Hello', { ...event, id: `between-${n}` });
    assert.notEqual(await idOf(ids, 'Your order is ready'), first);
    assert.notEqual(await idOf(createSendIds('node'), 'Your order is ready'), first);
  });

  it('is the same for the event that comes again, in whichever order its branches arrive', async () => {
    const [a, b] = [await send(createSendIds('node'), 'a'), await send(createSendIds('node'), 'b')];
    const ids = createSendIds('node');
    assert.equal(await send(ids, 'b', redelivered), b);
    assert.equal(await send(ids, 'a', redelivered), a);
  });

  it('is the same for the event that comes again and again, even where the text has changed', async () => {
    const ids = createSendIds('node');
    const sent = [await send(ids, 'at 10:00'), await send(ids, 'bye')];
    for (const [run, later] of [ids, ids, createSendIds('node')].entries()) {
      const more = { cause: again, run: `again ${run}` };
      assert.equal(await send(later, `at 10:0${run + 1}`, more), sent[0]);
      assert.equal(await send(later, 'bye', more), sent[1]);
    }
  });

  it('is a new one for what the event had not come to before', async () => {
    const first = await send(createSendIds('node'), 'Thank you');
    const ids = createSendIds('node');
    assert.equal(await send(ids, 'Thank you', redelivered), first);
    const second = await send(ids, 'Your order is ready', redelivered);
    assert.notEqual(second, first);
    assert.notEqual(await send(ids, 'Come and get it', redelivered), second);
  });

  it('never stands for a send to somebody else, nor for one that was refused', async () => {
    const before = [
      await send(createSendIds('node'), 'a', { whom: other }),
      await send(createSendIds('node'), 'b', { state: 'failed' }),
    ];
    const ids = createSendIds('node');
    assert.ok(!before.includes(await send(ids, 'changed', redelivered)));
    assert.equal(await send(ids, 'b', redelivered), before[1]);
  });

  it('stands for a send of which nobody knows how it ended', async () => {
    const lost = await send(createSendIds('node'), 'at 10:00', { state: 'unknown' });
    assert.equal(await send(createSendIds('node'), 'at 10:05', redelivered), lost);
  });

  it('is the same for a message that a flow brings back, whatever it stands for', async () => {
    const lost = await send(createSendIds('node'), 'at 10:00', { state: 'unknown' });
    const ids = createSendIds('node');
    assert.equal(await send(ids, 'at 10:05', redelivered), lost);
    assert.equal(await send(ids, 'at 10:05', redelivered), lost);
  });

  it('finds a send again that an earlier version has begun, by event and node', async () => {
    const id = await idOf(createSendIds('node'), 'a');
    const old = `${id.slice(0, 40)}${'0'.repeat(24)}`;
    begun = [{ id: old, to, state: 'sent' }];
    assert.equal(await send(createSendIds('node'), 'a', redelivered), old);
  });
});
