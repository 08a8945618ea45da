import assert from 'node:assert/strict';
import type { Person } from '../../../src/provider/provider.ts';
import type { IngestFact, TriggerStore } from '../../../src/store/contract.ts';
import { incoming, noon, policy } from './conformance.ts';

const dialled = '+525512345678';
const reached = { phone: '+5215512345678', userId: 'MX.1' };
const message = { type: 'template', text: 'hello', media: [] };

/** Who gets a message whose number the provider knows by another one, in every engine's store. */
export function reachConformance(open: () => Promise<TriggerStore>): void {
  let store: TriggerStore;
  let sends = 0;
  beforeEach(async () => {
    store = await open();
    await store.setPolicy(policy);
  });
  afterEach(() => store.close());

  const begin = async (to: Person = { phone: dialled }): Promise<string> => {
    sends += 1;
    const id = `send-${sends}`;
    await store.beginSend({ id, account: 'a1', node: 'n1', to, message, startedAt: noon });
    return id;
  };
  const endOf = (id: string, contact: Person = { phone: dialled }) =>
    store.endSend(
      {
        id,
        policy,
        contact,
        message,
        kind: 'sent',
        messageId: `wamid.${id}`,
        status: 'accepted',
        reached,
      },
      noon,
      true,
    );
  const send = async (contact: Person = { phone: dialled }) =>
    (await endOf(await begin(contact), contact)).events[0]?.event;
  const hear = async (contact: Person) => {
    const fact: IngestFact = incoming('', { contact });
    return (await store.ingest({ facts: [fact], receivedAt: noon }, true)).events[0]?.event;
  };

  it('knows by both numbers whom the answer to a send names, and when they wrote', async () => {
    const outgoing = await send({ phone: dialled, name: 'Ana' });
    assert.equal(outgoing?.contact.phone, reached.phone);
    assert.equal(outgoing?.contact.name, 'Ana');
    const answer = await hear({ phone: reached.phone });
    assert.equal(answer?.contact.id, outgoing?.contact.id);
    assert.equal(answer?.interaction.id, outgoing?.interaction.id);
    assert.deepEqual(await store.contactWindow('a1', { phone: dialled }), { lastIncomingAt: noon });
    assert.equal((await send())?.contact.id, outgoing?.contact.id);
    assert.equal((await hear({ userId: 'MX.1' }))?.contact.id, outgoing?.contact.id);
  });

  it('gives the number that was dialled to a contact who is known by the other', async () => {
    const known = await hear({ phone: reached.phone });
    assert.equal((await send())?.interaction.id, known?.interaction.id);
    assert.deepEqual(await store.contactWindow('a1', { phone: dialled }), { lastIncomingAt: noon });
  });

  it('gives the other number to a contact who is known by the one that is dialled', async () => {
    const known = await hear({ phone: dialled });
    assert.equal((await send())?.contact.id, known?.contact.id);
    assert.equal((await hear({ phone: reached.phone }))?.contact.id, known?.contact.id);
  });

  it('learns it also where a status has told of the message first', async () => {
    const id = await begin();
    const fact = {
      kind: 'delivery',
      accountId: '1',
      dedupeKey: `status:${id}`,
      contact: { phone: reached.phone },
      messageId: `wamid.${id}`,
      delivery: { status: 'sent' },
      reference: id,
    } as const;
    await store.ingest({ facts: [{ policy, fact }], receivedAt: noon }, true);
    assert.deepEqual((await endOf(id)).events, []);
    const known = await hear({ phone: reached.phone });
    assert.equal((await hear({ phone: dialled }))?.contact.id, known?.contact.id);
  });

  it('leaves apart two who are known as two', async () => {
    const one = await hear({ phone: dialled });
    const two = await hear({ phone: reached.phone });
    const outgoing = await send();
    assert.equal(outgoing?.contact.id, two?.contact.id);
    assert.equal((await hear({ phone: dialled }))?.contact.id, one?.contact.id);
    assert.equal((await hear({ phone: reached.phone }))?.contact.id, two?.contact.id);
  });

  it('takes nobody who has left the number for whoever is reached by it', async () => {
    const before = await hear({ phone: dialled });
    const identity = {
      kind: 'identity',
      accountId: '1',
      dedupeKey: 'identity:1',
      previous: { phone: dialled },
      contact: { phone: '+529999' },
    } as const;
    await store.ingest({ facts: [{ policy, fact: identity }], receivedAt: noon }, true);
    assert.notEqual((await send())?.contact.id, before?.contact.id);
    assert.equal((await hear({ phone: '+529999' }))?.contact.phone, '+529999');
  });
}
