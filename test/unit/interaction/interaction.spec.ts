import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answer, close, delivery, message } from '../../../src/interaction/interaction.ts';
import type { InteractionState, StepContext } from '../../../src/interaction/tell.ts';
import type { DeliveryFact, MessageFact } from '../../../src/provider/provider.ts';

const account = { id: 'a', name: 'Shop', key: 'SHOP', provider: 'meta', number: '+39' };
const contact = { id: 'c', phone: '+391', name: 'Zoë' };
const queue = { id: 'q', name: 'Sales & Co' };
const noon = Date.parse('2026-11-22T12:00:00Z');

const context = (more: Partial<StepContext> = {}): StepContext => ({
  account,
  receivedAt: noon,
  eventId: 'e1',
  interactionId: 'i1',
  ...more,
});

const fact = (more: Partial<MessageFact['message']> = {}, at?: string): MessageFact => ({
  kind: 'message',
  accountId: '1',
  dedupeKey: 'k',
  ...(at === undefined ? {} : { at }),
  raw: {},
  contact: {},
  message: { id: 'm', verb: 'incoming', type: 'text', text: 'ciao', media: [], ...more },
});

const opened = (more: Partial<StepContext> = {}): InteractionState =>
  message(undefined, contact, fact(), context(more)).state;

describe('an interaction', () => {
  it('is opened by the first message, in the one event of that message', () => {
    const { event, state } = message(undefined, contact, fact(), context());
    assert.equal(event.name, 'message.incoming');
    assert.equal(event.interaction.change, 'opened');
    assert.equal(state.state, 'open');
  });

  it('is opened by a message of ours too', () => {
    const { event } = message(undefined, contact, fact({ verb: 'outgoing' }), context());
    assert.equal(event.name, 'message.outgoing');
    assert.equal(event.interaction.change, 'opened');
  });

  it('takes up the messages that follow without a change', () => {
    const step = message(opened(), contact, fact(), context({ interactionId: 'other' }));
    assert.equal(step.event.interaction.id, 'i1');
    assert.equal('change' in step.event.interaction, false);
  });

  it('that was closed is followed by a new one', () => {
    const closed = close(opened(), 'agent', noon, context()).state;
    const step = message(closed, contact, fact(), context({ interactionId: 'i2' }));
    assert.equal(step.event.interaction.id, 'i2');
    assert.equal(step.event.interaction.change, 'opened');
  });

  it('that closed a short while ago is opened again where the account asks for it', () => {
    const closed = close(opened(), 'agent', noon, context()).state;
    const soon = context({ interactionId: 'i2', receivedAt: noon + 60_000, reopenWithin: 60_000 });
    const again = message(closed, contact, fact(), soon);
    assert.deepEqual(again.event.interaction, {
      id: 'i1',
      change: 'opened',
      state: 'open',
      openedAt: '2026-11-22T12:00:00.000Z',
    });
    const late = { ...soon, receivedAt: noon + 60_001 };
    assert.equal(message(closed, contact, fact(), late).event.interaction.id, 'i2');
  });

  it('is not opened by a reaction', () => {
    const reaction = fact({ type: 'reaction', text: '👍' });
    const { event, offer } = message(undefined, contact, reaction, context({ queue }));
    assert.equal(event.interaction.change, undefined);
    assert.equal(event.interaction.state, 'closed');
    assert.equal(offer, false);
  });

  it('is offered to its queue until an agent has it', () => {
    const first = message(undefined, contact, fact(), context({ queue }));
    assert.equal(first.offer, true);
    const ada = { username: 'ada', name: 'Ada' };
    const taken = answer(first.state, ada, { verb: 'accepted' }, first.event.message!, context());
    assert.equal(taken.event.name, 'message.accepted');
    assert.deepEqual(taken.event.agent, ada);
    const next = message(taken.state, contact, fact(), context({ queue }));
    assert.equal(next.offer, false);
    assert.deepEqual(next.event.agent, ada);
  });

  it('is not offered for what our own people write', () => {
    const step = message(undefined, contact, fact({ verb: 'outgoing' }), context({ queue }));
    assert.equal(step.offer, false);
  });

  it('that nobody took in time is a rejection with the reason timeout', () => {
    const { state, event } = message(undefined, contact, fact(), context({ queue }));
    const late = answer(
      state,
      undefined,
      { verb: 'rejected', reason: 'timeout' },
      event.message!,
      context(),
    );
    assert.equal(late.event.name, 'message.rejected');
    assert.equal(late.event.message?.reason, 'timeout');
    assert.equal('agent' in late.event, false);
  });

  it('says when and why it closed', () => {
    const { event } = close(opened(), 'inactivity', noon + 60_000, context());
    assert.deepEqual(event.interaction, {
      id: 'i1',
      change: 'closed',
      state: 'closed',
      openedAt: '2026-11-22T12:00:00.000Z',
      closedAt: '2026-11-22T12:01:00.000Z',
      reason: 'inactivity',
    });
  });

  it('is not changed by a delivery status', () => {
    const told: DeliveryFact = {
      kind: 'delivery',
      accountId: '1',
      dedupeKey: 's',
      raw: {},
      contact: {},
      messageId: 'm9',
      delivery: { status: 'read' },
    };
    const event = delivery(opened(), contact, told, context());
    assert.equal(event.name, 'delivery');
    assert.equal(event.interaction.id, 'i1');
    assert.equal(event.message?.id, 'm9');
  });

  it("does not believe a provider's clock that runs far ahead", () => {
    const { event } = message(undefined, contact, fact({}, '2027-01-01T00:00:00.000Z'), context());
    assert.equal(event.at, '2026-11-22T12:00:00.000Z');
  });

  it('is opened exactly once by any sequence of messages until it is closed', () => {
    const verbs = fc.array(fc.constantFrom('incoming' as const, 'outgoing' as const), {
      minLength: 1,
    });
    fc.assert(
      fc.property(verbs, (sequence) => {
        let state: InteractionState | undefined;
        const changes = sequence.map((verb, index) => {
          const step = message(
            state,
            contact,
            fact({ verb }),
            context({ interactionId: `i${index}` }),
          );
          state = step.state;
          return step.event.interaction.change;
        });
        assert.deepEqual(
          changes,
          sequence.map((_, index) => (index === 0 ? 'opened' : undefined)),
        );
      }),
    );
  });
});
