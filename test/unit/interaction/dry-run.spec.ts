import assert from 'node:assert/strict';
import { answer, close, delivery, message } from '../../../src/interaction/interaction.ts';
import type { StepContext } from '../../../src/interaction/tell.ts';
import type { DeliveryFact, MessageFact } from '../../../src/provider/provider.ts';

const contact = { id: 'c', phone: '+391' };
const noon = Date.parse('2026-11-22T12:00:00Z');
const content = { id: 'm', type: 'text', text: 'ciao', media: [] };

const context = (provider = 'simulator'): StepContext => ({
  account: { id: 'a', name: 'Shop', key: 'S', provider, number: '+39' },
  receivedAt: noon,
  eventId: 'e',
  interactionId: 'i',
});
const fact = (more: Partial<MessageFact> = {}): MessageFact => ({
  kind: 'message',
  accountId: '1',
  dedupeKey: 'k',
  contact: {},
  message: { ...content, verb: 'incoming' },
  ...more,
});
const dry = fact({ dryRun: true });

describe('an interaction of a dry run', () => {
  it('says so in every event, also in those that no provider tells', () => {
    const opened = message(undefined, contact, dry, context());
    const agent = { username: 'anna', name: 'Anna' };
    const offered = { ...content, verb: 'incoming' as const };
    const accepted = answer(opened.state, agent, { verb: 'accepted' }, offered, context());
    const closed = close(accepted.state, 'solved', noon, context());
    for (const { event } of [opened, accepted, closed])
      assert.equal(event.dryRun, true, event.name);
  });

  it('says so of a status too, when there is no interaction to be told with', () => {
    const status: DeliveryFact = {
      kind: 'delivery',
      accountId: '1',
      dedupeKey: 'k',
      contact: {},
      messageId: 'm',
      delivery: { status: 'read' },
      dryRun: true,
    };
    assert.equal(delivery(undefined, contact, status, context()).dryRun, true);
    const { dryRun: _, ...earnest } = status;
    assert.equal('dryRun' in delivery(undefined, contact, earnest, context()), false);
  });

  it('leaves no mark in earnest', () => {
    const { event } = message(undefined, contact, fact(), context());
    assert.equal('dryRun' in event, false);
  });

  it('is one of the simulator only, whatever a provider calls its groups', () => {
    const { state } = message(undefined, contact, dry, context());
    const group = state.group ?? '';
    const sly = fact({ message: { ...content, verb: 'incoming', group } });
    assert.equal('dryRun' in message(undefined, contact, sly, context('meta')).event, false);
  });

  it('tells the message as it would be told in earnest', () => {
    assert.deepEqual(message(undefined, contact, dry, context()).event.message, dry.message);
  });
});
