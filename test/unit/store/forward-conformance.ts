import assert from 'node:assert/strict';
import type { TriggerStore } from '../../../src/store/contract.ts';
import type { ForwardState, KeptForward } from '../../../src/store/forwards.ts';
import { noon } from './conformance.ts';

const forward = (id: string, more: Partial<KeptForward> = {}): KeptForward => ({
  id,
  node: 'n1',
  target: 'https://crm.example',
  lane: 'a1 c1',
  request: '{"method":"GET"}',
  message: '{"payload":1}',
  state: 'waiting',
  attempts: 1,
  nextAt: noon + 5_000,
  createdAt: noon,
  code: 'E_HTTP_STATUS',
  reason: 'The target answered 503 Service Unavailable.',
  status: 503,
  ...more,
});
const dead: Partial<KeptForward> = { state: 'dead' };

/** What every engine's store does with forwards, opened anew by `open` on the same data. */
export function forwardConformance(open: () => Promise<TriggerStore>): void {
  let store: TriggerStore;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());
  const reopen = async () => {
    await store.close();
    store = await open();
  };
  const stateOf = async (id: string): Promise<ForwardState | undefined> =>
    (await store.forward(id))?.state;
  const pendingIds = async (node = 'n1') =>
    (await store.forwardsPending(node, 0, 100)).map(({ id }) => id);

  it('keeps a forward exactly, over a restart', async () => {
    const hostile = forward('f', { message: JSON.stringify('"\u0000\ud83d<👩‍👩‍👧>%00'), lane: "';--" });
    assert.equal(await store.keepForward(hostile), true);
    await reopen();
    assert.deepEqual(await store.forward('f'), hostile);
    const plain = forward('g', {
      request: undefined,
      code: undefined,
      reason: undefined,
      status: undefined,
    });
    await store.keepForward(plain);
    assert.deepEqual(await store.forward('g'), plain);
    assert.equal(await store.forward('none'), undefined);
  });

  it('leaves a forward that waits as it is, and lets a dead letter of its id begin anew', async () => {
    await store.keepForward(forward('f'));
    assert.equal(await store.keepForward(forward('f', { attempts: 7 })), false);
    assert.equal((await store.forward('f'))?.attempts, 1);
    await store.changeForward('f', { state: 'dead' });
    assert.equal(await store.keepForward(forward('f', { attempts: 7 })), true);
    assert.deepEqual(await store.forward('f'), forward('f', { attempts: 7 }));
  });

  it('tells what a node has still to do, in its order and in slices', async () => {
    await store.keepForward(forward('b'));
    await store.keepForward(forward('other', { node: 'n2' }));
    await store.keepForward(forward('dead', dead));
    await store.keepForward(forward('a', { state: 'answered', lane: '' }));
    const [first, ...none] = await store.forwardsPending('n1', 0, 1);
    assert.deepEqual(none, []);
    assert.deepEqual(
      { ...first, seq: 0 },
      {
        seq: 0,
        id: 'b',
        lane: 'a1 c1',
        state: 'waiting',
        attempts: 1,
        nextAt: noon + 5_000,
        createdAt: noon,
      },
    );
    const [second, ...rest] = await store.forwardsPending('n1', first!.seq, 100);
    assert.deepEqual([second?.id, second?.state, rest], ['a', 'answered', []]);
  });

  it('changes what it is told and nothing else', async () => {
    await store.keepForward(forward('f'));
    assert.equal(await store.changeForward('f', { attempts: 2, status: undefined }), true);
    assert.deepEqual(await store.forward('f'), forward('f', { attempts: 2, status: undefined }));
    assert.equal(await store.changeForward('none', { attempts: 2 }), false);
  });

  it('makes dead letters wait anew: some by their ids, or all of a node', async () => {
    for (const id of ['a', 'b', 'c']) await store.keepForward(forward(id, dead));
    await store.keepForward(forward('other', { ...dead, node: 'n2' }));
    const chosen = { node: 'n1', ids: ['b', 'other', 'none'] };
    const [only, ...more] = await store.resendForwards(chosen, noon + 9);
    assert.deepEqual([only?.id, only?.nextAt, only?.state, more], ['b', noon + 9, 'waiting', []]);
    const kept = await store.forward('b');
    assert.deepEqual(
      [kept?.attempts, kept?.request, kept?.message],
      [0, undefined, '{"payload":1}'],
    );
    const rest = await store.resendForwards({ node: 'n1' }, noon + 10);
    assert.deepEqual(
      rest.map(({ id }) => id),
      ['a', 'c'],
    );
    assert.equal(await stateOf('other'), 'dead');
  });

  it('brings a waiting forward forward, as it is', async () => {
    await store.keepForward(forward('f'));
    await store.resendForwards({ node: 'n1', ids: ['f'] }, noon);
    assert.deepEqual(await store.forward('f'), forward('f', { nextAt: noon }));
  });

  it('removes some by their ids, or all dead letters of a node', async () => {
    for (const id of ['a', 'b']) await store.keepForward(forward(id, dead));
    await store.keepForward(forward('waiting'));
    await store.keepForward(forward('other', { ...dead, node: 'n2' }));
    await store.removeForwards({ ids: ['a'] });
    await store.removeForwards({ node: 'n2', ids: ['waiting'] });
    assert.deepEqual(await store.countForwards(undefined), { waiting: 1, dead: 2 });
    await store.removeForwards({ node: 'n1' });
    assert.deepEqual(await store.countForwards('n1'), { waiting: 1, dead: 0 });
    assert.deepEqual(await store.countForwards('n2'), { waiting: 0, dead: 1 });
  });

  it('makes dead letters of what a removed node has still to do, with the reason', async () => {
    await store.keepForward(forward('a'));
    await store.keepForward(forward('b', { state: 'answered' }));
    await store.keepForward(forward('other', { node: 'n2' }));
    await store.cancelForwards('n1', 'The node was removed.');
    assert.deepEqual(await pendingIds(), []);
    assert.deepEqual(await pendingIds('n2'), ['other']);
    assert.equal((await store.forward('b'))?.reason, 'The node was removed.');
  });

  it('lists the newest first, without request and message', async () => {
    await store.keepForward(forward('a'));
    await store.keepForward(forward('b', { ...dead, node: 'n2' }));
    const [newest, ...rest] = await store.forwards(undefined, 1);
    const { request: _r, message: _m, lane: _l, ...told } = forward('b', { ...dead, node: 'n2' });
    assert.deepEqual([newest, rest], [told, []]);
    assert.deepEqual(
      (await store.forwards('n1', 10)).map(({ id }) => id),
      ['a'],
    );
  });

  it('forgets dead letters after the retention, says whose, and never what waits', async () => {
    await store.keepForward(forward('waiting'));
    await store.keepForward(forward('dead', dead));
    await store.keepForward(forward('other', { ...dead, node: 'n2' }));
    const early = await store.sweep(noon + 29 * 86_400_000, true);
    assert.deepEqual([await stateOf('dead'), early.forwardsTrimmed], ['dead', undefined]);
    const { forwardsTrimmed } = await store.sweep(noon + 31 * 86_400_000, true);
    assert.deepEqual(forwardsTrimmed, ['n1', 'n2']);
    assert.equal(await stateOf('dead'), undefined);
    assert.equal(await stateOf('waiting'), 'waiting');
  });
}
