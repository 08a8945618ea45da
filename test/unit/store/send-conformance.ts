import assert from 'node:assert/strict';
import type { DeliveryFact, MessageFact } from '../../../src/provider/provider.ts';
import type { IngestFact, TriggerStore } from '../../../src/store/contract.ts';
import type { NewSend, SendEnd, SentMessage } from '../../../src/store/sends.ts';
import { incoming, noon, policy } from './conformance.ts';

const message: SentMessage = { type: 'text', text: 'ciao "\u0000\ud83d 🌻', media: [] };
const send = (id: string, more: Partial<NewSend> = {}): NewSend => ({
  id,
  account: 'a1',
  node: 'n1',
  to: { phone: '+391' },
  message,
  startedAt: noon,
  ...more,
});
const base = { policy, contact: { phone: '+391' }, message };
const sent = (id: string, messageId = 'wamid.1'): SendEnd => ({
  ...base,
  id,
  kind: 'sent',
  messageId,
  status: 'accepted',
});
const failed = (id: string): SendEnd => ({ ...base, id, kind: 'failed', code: '100', text: 'no' });
const unknown = (id: string): SendEnd => ({ ...base, id, kind: 'unknown', text: 'no answer' });

const echo = (messageId = 'wamid.1'): IngestFact => ({
  policy,
  fact: {
    kind: 'message',
    accountId: '1',
    dedupeKey: `message:${messageId}`,
    contact: { phone: '+391' },
    message: { id: messageId, verb: 'outgoing', type: 'text', text: 'ciao', media: [] },
  } satisfies MessageFact,
});
const status = (more: Partial<DeliveryFact> = {}): IngestFact => ({
  policy,
  fact: {
    kind: 'delivery',
    accountId: '1',
    dedupeKey: `status:wamid.1:sent`,
    contact: { phone: '+391' },
    messageId: 'wamid.1',
    delivery: { status: 'sent' },
    ...more,
  },
});

/** What every engine's store does with the messages that whatsapp-out sends. */
export function sendConformance(open: () => Promise<TriggerStore>): void {
  let store: TriggerStore;
  beforeEach(async () => {
    store = await open();
    await store.setPolicy(policy);
  });
  afterEach(() => store.close());

  const reopen = async () => {
    await store.close();
    store = await open();
  };
  const end = async (ending: SendEnd) => (await store.endSend(ending, noon, true)).events;
  const ingest = async (...facts: IngestFact[]) =>
    (await store.ingest({ facts, receivedAt: noon }, true)).events;
  const names = (events: Awaited<ReturnType<typeof end>>) => events.map(({ event }) => event.name);

  it('lets a send begin once, whatever asks for it and over a restart', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => store.beginSend(send('s'))));
    assert.deepEqual(answers, [{ state: 'begun' }, { state: 'unknown' }, { state: 'unknown' }]);
    await reopen();
    assert.deepEqual(await store.beginSend(send('s')), { state: 'unknown' });
    assert.deepEqual(await store.beginSend(send('other')), { state: 'begun' });
  });

  it('remembers what was sent', async () => {
    await store.beginSend(send('s'));
    await end(sent('s'));
    await reopen();
    assert.deepEqual(await store.beginSend(send('s')), {
      state: 'sent',
      messageId: 'wamid.1',
      status: 'accepted',
    });
  });

  it('lets a send begin anew that was not taken, and none of which nobody knows', async () => {
    await store.beginSend(send('s'));
    assert.deepEqual(await end(failed('s')), []);
    assert.deepEqual(await store.beginSend(send('s')), { state: 'begun' });
    assert.deepEqual(await end(unknown('s')), []);
    assert.deepEqual(await store.beginSend(send('s')), { state: 'unknown' });
  });

  it('knows the sends whose ids begin alike, in the order in which they began', async () => {
    const other = { phone: '+392' };
    await store.beginSend(send('ab2'));
    await store.beginSend(send('ab1', { startedAt: noon + 1, to: other }));
    await store.beginSend(send('ac', { startedAt: noon + 2 }));
    await store.beginSend(send('ab0', { startedAt: noon + 1 }));
    await end(sent('ab2'));
    await end(failed('ab0'));
    await reopen();
    assert.deepEqual(await store.sendsUnder('ab'), [
      { id: 'ab2', to: { phone: '+391' }, state: 'sent' },
      { id: 'ab1', to: other, state: 'begun' },
      { id: 'ab0', to: { phone: '+391' }, state: 'failed' },
    ]);
    assert.deepEqual(await store.sendsUnder('b'), []);
  });

  it('tells an accepted message as an event of its interaction, which it may open', async () => {
    await store.beginSend(send('s'));
    const [told, ...more] = await end(sent('s'));
    assert.equal(more.length, 0);
    const { name, message: outgoing, interaction, contact } = told!.event;
    assert.equal(name, 'message.outgoing');
    assert.deepEqual(outgoing, { ...message, id: 'wamid.1', verb: 'outgoing' });
    assert.equal(interaction.change, 'opened');
    assert.equal(contact.phone, '+391');
    const waiting = await store.take(0, 10);
    assert.deepEqual(waiting, []);
  });

  for (const [order, act] of Object.entries({
    'answer, echo, status': async () => [
      ...(await end(sent('s'))),
      ...(await ingest(echo(), status({ reference: 's' }))),
    ],
    'echo, answer, status': async () => [
      ...(await ingest(echo())),
      ...(await end(sent('s'))),
      ...(await ingest(status({ reference: 's' }))),
    ],
    'status, answer, echo': async () => [
      ...(await ingest(status({ reference: 's' }))),
      ...(await end(sent('s'))),
      ...(await ingest(echo())),
    ],
    'status, echo, status, answer': async () => [
      ...(await ingest(status({ reference: 's' }), echo())),
      ...(await ingest(status({ reference: 's' }))),
      ...(await end(sent('s'))),
    ],
    'all at once': async () =>
      (
        await Promise.all([end(sent('s')), ingest(echo()), ingest(status({ reference: 's' }))])
      ).flat(),
  })) {
    it(`tells it once, in whichever order it is reported: ${order}`, async () => {
      await store.beginSend(send('s'));
      assert.deepEqual(names(await act()).toSorted(), ['delivery', 'message.outgoing']);
    });
  }

  it('takes a status that names a lost send for its answer, and tells the message as it was', async () => {
    await store.beginSend(send('s'));
    await end(unknown('s'));
    await reopen();
    const events = await ingest(status({ reference: 's', contact: {} }));
    assert.deepEqual(names(events), ['message.outgoing', 'delivery']);
    const [outgoing, delivery] = events.map(({ event }) => event);
    assert.deepEqual(outgoing?.message, { ...message, id: 'wamid.1', verb: 'outgoing' });
    assert.equal(delivery?.interaction.id, outgoing?.interaction.id);
    assert.deepEqual(await store.beginSend(send('s')), {
      state: 'sent',
      messageId: 'wamid.1',
      status: 'sent',
    });
  });

  it('mixes nobody whom a status names with whom the send was for', async () => {
    const both = { phone: '+391', userId: 'IT.1' };
    await store.beginSend(send('s', { to: both }));
    await end(unknown('s'));
    const [outgoing] = await ingest(status({ reference: 's', contact: { phone: '+392' } }));
    const [of391] = await ingest(echo('wamid.2'));
    assert.equal(outgoing?.event.contact.phone, '+392');
    assert.equal(outgoing?.event.contact.userId, undefined);
    assert.notEqual(of391?.event.contact.id, outgoing?.event.contact.id);
  });

  it('tells a message to a group as the group’s, whoever a status names', async () => {
    await store.beginSend(send('s', { to: { group: 'g1' }, message: { ...message, group: 'g1' } }));
    const [first] = await ingest(status({ reference: 's' }));
    const group = { contact: { providerId: 'g1' }, message: { ...message, group: 'g1' } };
    await store.beginSend(send('t', { to: { group: 'g1' } }));
    const [second] = await end({ ...sent('t', 'wamid.2'), ...group });
    assert.deepEqual(first?.event.contact, { id: second?.event.contact.id });
    assert.equal(first?.event.message?.group, 'g1');
    assert.equal(second?.event.interaction.id, first?.event.interaction.id);
  });

  it('is not talked out of it afterwards', async () => {
    await store.beginSend(send('s'));
    await ingest(status({ reference: 's' }));
    await end(unknown('s'));
    await end(failed('s'));
    assert.equal((await store.beginSend(send('s'))).state, 'sent');
  });

  it('settles no send for another account', async () => {
    await store.beginSend(send('s', { account: 'a2' }));
    assert.deepEqual(names(await ingest(status({ reference: 's' }))), ['delivery']);
    assert.equal((await store.beginSend(send('s'))).state, 'unknown');
  });

  it('knows to whom a message went when its status does not say', async () => {
    await store.beginSend(send('s'));
    const [told] = await end(sent('s'));
    const [delivery] = await ingest(status({ contact: {} }));
    assert.deepEqual(delivery?.event.contact, told?.event.contact);
    assert.equal(delivery?.event.interaction.id, told?.event.interaction.id);
    const [nobody] = await ingest(
      status({ contact: {}, messageId: 'other', dedupeKey: 'status:other:sent' }),
    );
    assert.equal(nobody?.event.interaction.state, 'closed');
    assert.equal(nobody?.event.contact.phone, undefined);
  });

  describe('with an answer to the closing of an interaction', () => {
    const closeOne = async (...opening: IngestFact[]): Promise<string> => {
      const [opened] = await ingest(...opening);
      const { id } = opened!.event.interaction;
      await store.closeInteraction({ interactionId: id, reason: 'inactivity' }, noon, true);
      return id;
    };
    const goodbye = (closed: string, more: Partial<NewSend> = {}) =>
      store.beginSend(send('s', { closed, ...more }));
    const outgoing = (events: Awaited<ReturnType<typeof end>>) =>
      events
        .map(({ event }) => event)
        .filter(({ name }) => name === 'message.outgoing')
        .map(({ interaction: { id, state, change } }) => ({ id, state, change }));
    const belongsTo = (id: string) => [{ id, state: 'closed', change: undefined }];

    for (const [first, act] of Object.entries({
      answer: async (closed: string) => [
        ...(await end({ ...sent('s'), closed })),
        ...(await ingest(echo(), status({ reference: 's' }))),
      ],
      status: async (closed: string) => [
        ...(await ingest(status({ reference: 's' }), echo())),
        ...(await end({ ...sent('s'), closed })),
      ],
      echo: async (closed: string) => [
        ...(await ingest(echo())),
        ...(await end({ ...sent('s'), closed })),
      ],
    })) {
      it(`tells it with that interaction and opens none, reported first by: ${first}`, async () => {
        const closed = await closeOne(incoming('+391'));
        await goodbye(closed, { message: { ...message, text: 'ciao' } });
        assert.deepEqual(outgoing(await act(closed)), belongsTo(closed));
        const [next] = await ingest(incoming('+391'));
        assert.equal(next?.event.interaction.change, 'opened');
      });
    }

    it('leaves the next interaction alone that the contact has opened meanwhile', async () => {
      const closed = await closeOne(incoming('+391'));
      await goodbye(closed);
      await ingest(incoming('+391'));
      assert.deepEqual(outgoing(await end({ ...sent('s'), closed })), belongsTo(closed));
    });

    it('opens none for somebody else either, but joins the one that is open', async () => {
      const closed = await closeOne(incoming('+391'));
      const to = { contact: { phone: '+392' } };
      await goodbye(closed, { to: to.contact });
      const [none] = await end({ ...sent('s'), ...to, closed });
      assert.deepEqual(
        [none?.event.interaction.state, none?.event.contact.phone],
        ['closed', '+392'],
      );
      assert.notEqual(none?.event.interaction.id, closed);
      const [open] = await ingest(incoming('+392'));
      await store.beginSend(send('t', { to: to.contact, closed }));
      const [joined] = await end({ ...sent('t', 'wamid.2'), ...to, closed });
      assert.equal(joined?.event.interaction.id, open?.event.interaction.id);
    });

    it('takes no other message of ours for it', async () => {
      const closed = await closeOne(incoming('+391'));
      await goodbye(closed);
      const [other] = await ingest(echo('wamid.7'));
      assert.equal(other?.event.interaction.change, 'opened');
    });
  });

  it('keeps the event of an accepted message for later where none is handed out', async () => {
    await store.beginSend(send('s'));
    await store.endSend(sent('s'), noon, false);
    const [waiting] = await store.take(0, 10);
    assert.equal(waiting?.event.message?.id, 'wamid.1');
  });

  it('forgets sends after the retention, not before', async () => {
    await store.beginSend(send('s'));
    await end(sent('s'));
    await store.sweep(noon + 29 * 86_400_000, true);
    assert.equal((await store.beginSend(send('s'))).state, 'sent');
    await store.sweep(noon + 31 * 86_400_000, true);
    assert.equal((await store.beginSend(send('s'))).state, 'begun');
  });
}
