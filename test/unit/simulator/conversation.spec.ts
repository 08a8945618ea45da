import assert from 'node:assert/strict';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import type { Happening } from '../../../src/provider/simulator/build.ts';
import {
  type Action,
  emptyState,
  type Entry,
  reduce,
  talkKey,
} from '../../../src/simulator/app/conversation.ts';

const phone = '+393200000101';
const text: Happening = { kind: 'text', text: 'hello' };
let serial = 0;

function sending(id: string, happening: Happening = text, again = false): Action {
  const customer = { name: 'Chiara', phone };
  const request = { account: 'shop', customer, happening, id, timestamp: 1 };
  return { type: 'sending', line: { number: (serial += 1), request, again, at: 0 } };
}

function happened(verb: string | undefined, messageId: string, more: object = {}): Action {
  const event = {
    id: `event-${(serial += 1)}`,
    name: verb ? `message.${verb}` : 'interaction.closed',
    at: '2026-11-22T09:00:00Z',
    account: { id: 'shop' },
    contact: { id: 'c', phone },
    interaction: { state: 'open' },
    ...(verb ? { message: { id: messageId, verb, type: 'text', text: 'hello', media: [] } } : {}),
    ...more,
  };
  return { type: 'event', event: event as unknown as WhatsAppEvent };
}

function after(...actions: readonly Action[]): readonly Entry[] {
  return actions.reduce(reduce, emptyState).talks[talkKey('shop', phone)] ?? [];
}

const brief = (entries: readonly Entry[]): unknown[] =>
  entries.map((entry) => (entry.kind === 'note' ? entry.text : `${entry.side}: ${entry.text}`));

describe('the conversation on the simulated phone', () => {
  it('shows a message once, whichever of the request and its event is known first', () => {
    assert.equal(after(sending('m1'), happened('incoming', 'm1')).length, 1);
    assert.equal(after(happened('incoming', 'm1')).length, 1);
  });

  it('counts the events of a message, so that a duplicate shows as told once', () => {
    const [bubble] = after(sending('m1'), happened('incoming', 'm1'), sending('m1', text, true));
    assert.ok(bubble?.kind === 'bubble');
    assert.equal(bubble.events, 1);
  });

  it('takes an event that comes a second time for the same', () => {
    const event = happened('incoming', 'm1');
    assert.deepEqual(after(event, event), after(event));
  });

  it('says what became of the interaction, around the message that did it', () => {
    const entries = after(
      sending('m1'),
      happened('incoming', 'm1', { interaction: { state: 'open', change: 'opened' } }),
      happened('rejected', 'offer', { agent: { username: 'bob', name: '' } }),
      happened('accepted', 'offer', { agent: { username: 'ada', name: 'Ada Rossi' } }),
      happened('outgoing', 'm2'),
      happened(undefined, '', {
        interaction: { state: 'closed', change: 'closed', reason: 'inactivity' },
      }),
    );
    assert.deepEqual(brief(entries), [
      'Interaction opened',
      'customer: hello',
      'Rejected by bob',
      'Accepted by Ada Rossi',
      'business: hello',
      'Interaction closed (inactivity)',
    ]);
  });

  it('puts a delivery status on the message that it names', () => {
    const delivery = happened('outgoing', 'm1', { name: 'delivery', delivery: { status: 'read' } });
    const entries = after(happened('outgoing', 'm1'), happened('outgoing', 'm2'), delivery);
    const statuses = entries.map((entry) => entry.kind === 'bubble' && entry.delivery?.status);
    assert.deepEqual(statuses, ['read', undefined]);
  });

  it('keeps the conversations of two customers apart', () => {
    const other = happened('incoming', 'm9', { contact: { id: 'd', phone: '+34600000102' } });
    assert.deepEqual(brief(after(sending('m1'), other)), ['customer: hello']);
  });

  it('lists each request to the webhook with its answer, the newest first', () => {
    const first = sending('m1');
    assert.ok(first.type === 'sending');
    const outcome = { id: 'm1', timestamp: 1, status: 200, took: 3 };
    const answered: Action = { type: 'answered', number: first.line.number, outcome };
    const state = [first, sending('m1', text, true), answered].reduce(reduce, emptyState);
    assert.deepEqual(
      state.wire.map(({ again, outcome: known }) => [again, known]),
      [
        [true, undefined],
        [false, outcome],
      ],
    );
  });
});
