import assert from 'node:assert/strict';
import type { DeliveryStatus, Message } from '../../../src/event/event.ts';
import type { DeliveryFact, ProviderFact } from '../../../src/provider/provider.ts';
import type { AccountPolicy, IngestFact, TriggerStore } from '../../../src/store/contract.ts';
import { incoming, noon, policy } from './conformance.ts';
import { hostileTexts } from '../../fixtures/hostile.ts';

const minute = 60_000;
const ada = { username: 'ada', name: 'Ada Lovelace' };
const { queue: _, ...policyWithoutQueue } = policy;

let serial = 0;

/** What agents read of their interactions, in every engine's store. */
export function conversationConformance(open: () => Promise<TriggerStore>): void {
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
  const ingestAt = (receivedAt: number, ...facts: IngestFact[]) =>
    store.ingest({ facts, receivedAt }, true);
  const ingest = (...facts: IngestFact[]) => ingestAt(noon, ...facts);
  const said = (message: Partial<Message>, phone = '+391'): IngestFact => {
    const { policy, fact } = incoming(phone);
    const whole = { ...(fact as { message: Message }).message, ...message };
    return { policy, fact: { ...fact, message: whole } as ProviderFact };
  };
  const status = (
    messageId: string,
    delivery: DeliveryFact['delivery'],
    of: AccountPolicy = policy,
  ): IngestFact => {
    serial += 1;
    const base = { accountId: '1', dedupeKey: `status:${serial}`, contact: { phone: '+391' } };
    return { policy: of, fact: { ...base, kind: 'delivery', messageId, delivery } };
  };
  const started = async (phone?: string): Promise<string> => {
    const { events } = await ingest(incoming(phone));
    return events[0]!.event.interaction.id;
  };
  const inGroup = async (group: string): Promise<string> => {
    const { events } = await ingest(said({ group }));
    return events[0]!.event.interaction.id;
  };
  const texts = async (id: string, before?: number, limit = 100) =>
    (await store.conversation(id, before, limit)).map(({ text }) => text);
  const send = async (messageId: string, text: string) => {
    const message = { type: 'text', text, media: [], agent: ada };
    const to = { phone: '+391' };
    const begin = { id: messageId, account: 'a1', node: 'n1', to, message, startedAt: noon };
    await store.beginSend(begin);
    const sent = { kind: 'sent', messageId, status: 'accepted' } as const;
    return store.endSend({ id: messageId, policy, contact: to, message, ...sent }, noon, true);
  };

  it('keeps what is said with everything that belongs to it, in order, over a restart', async () => {
    const id = await started();
    const message: Message = {
      id: 'm',
      verb: 'incoming',
      type: 'image',
      text: 'la ricevuta',
      media: [{ type: 'image', id: 'x1', mimeType: 'image/jpeg', caption: 'la ricevuta' }],
      replyTo: 'wamid.0',
      location: { latitude: 45.46, longitude: 9.19, name: 'Duomo' },
    };
    await ingest(said(message));
    await send('wamid.1', 'grazie');
    await reopen();
    const [first, second, third, ...more] = await store.conversation(id, undefined, 100);
    assert.deepEqual(more, []);
    assert.equal(first?.verb, 'incoming');
    const { seq, at, ...rest } = second!;
    assert.deepEqual(rest, message);
    assert.equal(at, noon);
    assert.ok(first.seq < seq && seq < third!.seq);
    assert.deepEqual([third?.verb, third?.text, third?.agent], ['outgoing', 'grazie', ada]);
  });

  it('gives the latest first, and what was before a message', async () => {
    const id = await started();
    await ingest(...['a', 'b', 'c', 'd'].map((text) => said({ text })));
    assert.deepEqual(await texts(id, undefined, 2), ['c', 'd']);
    const [latest] = await store.conversation(id, undefined, 2);
    assert.deepEqual(await texts(id, latest!.seq, 2), ['a', 'b']);
    assert.deepEqual(await store.conversation('nobody', undefined, 10), []);
  });

  it('tells each new message at once, to those whose interaction it is', async () => {
    const { conversations, events } = await ingest(incoming());
    const interactionId = events[0]!.event.interaction.id;
    const kept = await store.conversation(interactionId, undefined, 1);
    assert.deepEqual(conversations, [
      { interactionId, queueId: 'q1', said: { account: 'a1', message: kept[0] } },
    ]);
    await store.assignInteraction({ interactionId, agent: ada }, noon, true);
    const answered = await send('wamid.1', 'ciao');
    const [change] = answered.conversations ?? [];
    assert.deepEqual([change?.agent, change?.said?.message.text], [ada, 'ciao']);
  });

  const close = (interactionId: string, reason = 'solved') =>
    store.closeInteraction({ interactionId, reason, agent: ada }, noon + minute, true);

  it('tells what the same contact had before on the same account, and nobody else’s', async () => {
    const first = await started();
    await ingest(said({ text: 'fine' }));
    await store.assignInteraction({ interactionId: first, agent: ada }, noon, true);
    await close(first);
    const second = await started();
    await close(second, '');
    const others = [await started('+392'), await inGroup('g')];
    for (const id of others) await close(id);
    const now = await started();
    const still = await started('+392');
    await reopen();
    const [latest, oldest, ...more] = await store.earlierInteractions(now, 10);
    assert.deepEqual(
      [latest?.id, latest?.reason, latest?.agent, more],
      [second, '', undefined, []],
    );
    assert.deepEqual(
      [oldest?.id, oldest?.reason, oldest?.queue, oldest?.agent, oldest?.last?.text],
      [first, 'solved', 'Sales & Co', ada, 'fine'],
    );
    assert.deepEqual([oldest?.openedAt, oldest?.closedAt], [noon, noon + minute]);
    assert.equal((await store.earlierInteractions(now, 1)).length, 1);
    assert.deepEqual(await store.earlierInteractions(first, 10), [], 'it is over itself');
    const read = (id: string, earlierId: string) =>
      store.earlierConversation(id, earlierId, undefined, 10);
    const messages = (await read(now, first)) ?? [];
    assert.equal(messages.at(-1)?.text, 'fine');
    const { seq } = messages[0]!;
    assert.deepEqual((await store.earlierConversation(now, first, seq + 1, 10))?.length, 1);
    assert.deepEqual(await store.saidIn(now, seq), { account: 'a1', message: messages[0] });
    assert.deepEqual(await store.saidIn(first, seq), { account: 'a1', message: messages[0] });
    for (const other of [...others, still, now, 'nobody']) {
      assert.equal(await read(now, other), undefined);
    }
    for (const other of [still, 'nobody']) {
      assert.equal(await store.saidIn(other, seq), undefined);
      assert.equal(await read(other, first), undefined);
    }
    assert.equal(await store.saidIn(now, 1_000_000), undefined);
  });

  it('keeps a message once that is reported twice', async () => {
    const id = await started();
    await send('wamid.1', 'ciao');
    const echo = said({ id: 'wamid.1', verb: 'outgoing', text: 'ciao' });
    await ingest({ ...echo, fact: { ...echo.fact, dedupeKey: 'message:wamid.1' } });
    assert.equal((await texts(id)).length, 2);
  });

  for (const [order, last] of [
    [['sent', 'delivered', 'read'], 'read'],
    [['read', 'sent', 'delivered'], 'read'],
    [['delivered', 'played', 'read'], 'played'],
    [['delivered', 'failed'], 'delivered'],
    [['sent', 'failed', 'sent'], 'failed'],
    [['failed', 'delivered'], 'delivered'],
  ] as const satisfies readonly (readonly [readonly DeliveryStatus[], DeliveryStatus])[]) {
    it(`notes how far a message has come: ${order.join(', ')} is ${last}`, async () => {
      const id = await started();
      await send('wamid.1', 'ciao');
      for (const each of order) await ingest(status('wamid.1', { status: each }));
      assert.equal((await store.conversation(id, undefined, 1))[0]?.status, last);
    });
  }

  it('tells why a message failed, and nothing where nothing new is known', async () => {
    const id = await started();
    await send('wamid.1', 'ciao');
    const failure = { status: 'failed', errorCode: '131026', errorText: 'Undeliverable' } as const;
    const { conversations } = await ingest(status('wamid.1', failure));
    const [message] = await store.conversation(id, undefined, 1);
    assert.deepEqual(conversations?.[0]?.said?.message, message);
    assert.deepEqual([message?.errorCode, message?.errorText], ['131026', 'Undeliverable']);
    const again = await ingest(status('wamid.1', failure), status('other', { status: 'read' }));
    assert.equal(again.conversations, undefined);
  });

  it('lists the open interactions of an agent, and all of a queue, the liveliest first', async () => {
    const ids = [await started('+391'), await started('+392'), await started('+393')];
    await store.assignInteraction({ interactionId: ids[0]!, agent: ada }, noon, true);
    await store.assignInteraction({ interactionId: ids[1]!, agent: ada }, noon, true);
    await ingestAt(noon + minute, said({ text: 'newest' }));
    const list = async (agent?: string, queues = ['q0', 'q1']) =>
      (await store.interactionsOf(queues, agent)).map(({ id }) => id);
    assert.deepEqual(await list('ada'), [ids[0], ids[1]]);
    assert.deepEqual(await list('bob'), []);
    assert.deepEqual(await list('ada', ['q2']), []);
    assert.deepEqual((await list()).toSorted(), ids.toSorted());
    const [first] = await store.interactionsOf(['q1'], 'ada');
    assert.deepEqual(
      { ...first, contact: first?.contact.phone, last: first?.last?.text },
      {
        id: ids[0],
        account: policy.account,
        contact: '+391',
        queue: policy.queue,
        agent: ada,
        openedAt: noon,
        lastAt: noon + minute,
        lastIncomingAt: noon + minute,
        last: 'newest',
        unread: 2,
      },
    );
    assert.deepEqual(await store.openInteraction(ids[0]!), first);
    await store.closeInteraction({ interactionId: ids[0]!, reason: 'solved' }, noon, true);
    assert.deepEqual(await list('ada'), [ids[1]]);
    assert.equal(await store.openInteraction(ids[0]!), undefined);
  });

  it('counts what the contact wrote and nobody has read, and never unreads', async () => {
    const id = await started();
    await send('wamid.1', 'ciao');
    await ingest(said({}), said({}));
    const unread = async () => (await store.openInteraction(id))?.unread;
    const [first, , third] = await store.conversation(id, undefined, 10);
    assert.equal(await unread(), 3);
    await store.markRead(id, third!.seq);
    assert.equal(await unread(), 1);
    await store.markRead(id, first!.seq);
    await reopen();
    assert.equal(await unread(), 1);
  });

  it('tells the end of an interaction, why, and who ended it', async () => {
    const interactionId = await started();
    const closing = { interactionId, reason: 'solved', agent: ada };
    const { conversations } = await store.closeInteraction(closing, noon, true);
    assert.deepEqual(conversations, [
      { interactionId, queueId: 'q1', closed: { reason: 'solved', agent: ada } },
    ]);
    await started();
    const swept = await store.sweep(noon + 90 * minute, true);
    assert.deepEqual(
      swept.conversations?.map(({ closed }) => closed),
      [{ reason: 'inactivity' }],
    );
  });

  it('tells who an interaction became when an offer was accepted', async () => {
    const interactionId = await started();
    const [offer] = await store.offers(['q1']);
    const answer = { offerId: offer!.id, agent: ada, candidates: ['ada'], now: noon };
    const { conversations } = await store.answerOffer({ ...answer, answer: 'accepted' }, true);
    assert.deepEqual(conversations, [
      { interactionId, queueId: 'q1', agent: ada, before: { queueId: 'q1' } },
    ]);
  });

  it('keeps and tells nothing of an account without a queue', async () => {
    const entry = { ...incoming(), policy: policyWithoutQueue };
    const { events, conversations } = await ingest(entry);
    const { id } = events[0]!.event.interaction;
    const read = await ingest(status('m', { status: 'read' }, policyWithoutQueue));
    const closed = await store.closeInteraction({ interactionId: id, reason: '' }, noon, true);
    assert.deepEqual(
      [conversations, read.conversations, closed.conversations],
      [undefined, undefined, undefined],
    );
    assert.deepEqual(await store.conversation(id, undefined, 10), []);
  });

  it('keeps a conversation for as long as the retention lasts, even if it goes on', async () => {
    const day = 24 * 60 * minute;
    await store.setPolicy({ ...policy, closeAfter: 0 });
    const lasting = (receivedAt: number, text: string) => {
      const entry = said({ text });
      return ingestAt(receivedAt, { ...entry, policy: { ...policy, closeAfter: 0 } });
    };
    const { events } = await lasting(noon, 'old');
    const { id } = events[0]!.event.interaction;
    const [old] = await store.conversation(id, undefined, 1);
    await store.markRead(id, old!.seq);
    await store.sweep(noon + 29 * day, true);
    assert.deepEqual(await texts(id), ['old']);
    await store.sweep(noon + 31 * day, true);
    assert.deepEqual(await texts(id), []);
    await reopen();
    await lasting(noon + 31 * day, 'new');
    assert.deepEqual(await texts(id), ['new']);
    assert.equal((await store.openInteraction(id))?.unread, 1);
  });

  it('keeps hostile text exactly', async () => {
    const id = await started();
    await ingest(...hostileTexts.map((text) => said({ text, buttonId: text })));
    await reopen();
    const kept = await store.conversation(id, undefined, hostileTexts.length);
    assert.deepEqual(
      kept.map(({ text, buttonId }) => [text, buttonId]),
      hostileTexts.map((text) => [text, text]),
    );
  });
}
