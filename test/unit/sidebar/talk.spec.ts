import assert from 'node:assert/strict';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import {
  keyOfTalk,
  lastOfBusiness,
  reduceTalks,
  type TalkAction,
} from '../../../plugins/whatsapp-triggers/talk.editor.ts';

const phone = '+393200000101';
const request = {
  account: 'shop',
  customer: { name: 'Chiara', phone },
  happening: { kind: 'text', text: 'Hello' },
  id: 'wamid.1',
} as const;

function event(id: string, parts: Partial<WhatsAppEvent>): TalkAction {
  const base = {
    id,
    name: 'message.incoming',
    account: { id: 'shop' },
    contact: { id: 'c', phone },
    interaction: { id: 'i', state: 'open' },
    receivedAt: `2026-11-22T10:00:0${id.slice(1)}.000Z`,
  };
  return { type: 'event', event: { ...base, ...parts } as WhatsAppEvent };
}

const said = (id: string, verb: 'incoming' | 'outgoing' | 'accepted' = 'incoming') =>
  ({ message: { id, verb, type: 'text', text: 'Hello', media: [] } }) as const;

function talkAfter(actions: readonly TalkAction[], isDry = false) {
  return actions.reduce(reduceTalks, {})[keyOfTalk('shop', phone, isDry)];
}

describe('a conversation in the simulator', () => {
  const sending: TalkAction = { type: 'sending', request };

  it('shows a message once, when it is sent, answered and told', () => {
    const outcome = { id: 'wamid.1', timestamp: 0, status: 200, took: 3 };
    const talk = talkAfter([
      sending,
      event('e1', said('wamid.1')),
      { type: 'answered', request, outcome },
    ]);
    assert.equal(talk?.entries.length, 1);
    const [entry] = talk?.entries ?? [];
    assert.deepEqual([entry?.eventId, entry?.sent, entry?.told], ['e1', 1, 1]);
    assert.deepEqual(entry?.outcome, outcome);
  });

  it('counts how often the same was sent and how often the flow was told', () => {
    const [entry] =
      talkAfter([sending, sending, sending, event('e1', said('wamid.1'))])?.entries ?? [];
    assert.deepEqual([entry?.sent, entry?.told], [3, 1]);
  });

  it('hears an event that is repeated after a break only once', () => {
    const talk = talkAfter([event('e1', said('m')), event('e1', said('m'))]);
    assert.equal(talk?.entries.length, 1);
    assert.equal(talk?.entries[0]?.told, 1);
  });

  it('keeps a dry run apart', () => {
    const actions = [event('e1', said('m')), event('e2', { ...said('n'), dryRun: true })];
    assert.deepEqual(
      talkAfter(actions)?.entries.map(({ key }) => key),
      ['m'],
    );
    assert.deepEqual(
      talkAfter(actions, true)?.entries.map(({ key }) => key),
      ['n'],
    );
  });

  it('notes what happens beside messages, and leads to each event once', () => {
    const talk = talkAfter([
      event('e1', {
        ...said('m'),
        interaction: { id: 'i', state: 'open', change: 'opened', openedAt: '' },
      }),
      event('e2', { ...said('m', 'accepted'), agent: { username: 'anna', name: 'Anna' } }),
    ]);
    assert.deepEqual(
      talk?.entries.map(({ side, note, eventId }) => [side, note?.key, eventId]),
      [
        ['customer', undefined, 'e1'],
        ['note', 'opened', undefined],
        ['note', 'accepted', 'e2'],
      ],
    );
  });

  it('knows whether an interaction is open, and which reply a status is about', () => {
    const closed = {
      id: 'i',
      state: 'closed',
      change: 'closed',
      openedAt: '',
      reason: 'solved',
    } as const;
    const events = [
      event('e1', { ...said('r', 'outgoing'), name: 'message.outgoing' }),
      event('e2', { name: 'delivery', ...said('r', 'outgoing'), delivery: { status: 'read' } }),
      event('e3', { name: 'interaction.closed', interaction: closed }),
    ];
    // A stream that is opened again begins with what was.
    const talk = talkAfter([...events, ...events]);
    assert.deepEqual([talk?.interaction?.id, talk?.interaction?.isOpen], ['i', false]);
    const last = talk && lastOfBusiness(talk);
    assert.deepEqual([last?.key, last?.status], ['r', 'read']);
  });
});
