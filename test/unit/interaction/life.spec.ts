import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import {
  close,
  delivery,
  end,
  inactivity,
  message,
  type Step,
} from '../../../src/interaction/interaction.ts';
import type { InteractionState, StepContext } from '../../../src/interaction/tell.ts';
import { isOld } from '../../../src/interaction/time.ts';
import type { EndFact, MessageFact } from '../../../src/provider/provider.ts';

const account = { id: 'a', name: 'Shop', key: 'SHOP', provider: 'meta', number: '+39' };
const contact = { id: 'c', phone: '+391', name: 'Zoë' };
const minute = 60_000;
const noon = Date.parse('2026-11-22T12:00:00Z');
const base = { accountId: '1', dedupeKey: 'k', contact: {} };

const isoOf = (at: number): string => new Date(at).toISOString();
const fact = (at: number, type = 'text', verb: 'incoming' | 'outgoing' = 'incoming') =>
  ({
    ...base,
    kind: 'message',
    at: isoOf(at),
    message: { id: 'm', verb, type, text: '', media: [] },
  }) satisfies MessageFact;
const endAt = (at: number): EndFact => ({ ...base, kind: 'end', at: isoOf(at) });
const context = (receivedAt: number, more: Partial<StepContext> = {}): StepContext => ({
  account,
  receivedAt,
  eventId: 'e',
  interactionId: 'i1',
  ...more,
});
const opened = message(undefined, contact, fact(noon), context(noon)).state;
const closedAt = (at: number): InteractionState => close(opened, 'agent', at, context(at)).state;

describe('the life of an interaction', () => {
  for (const type of ['reaction', 'edit', 'revoke']) {
    it(`is not begun, offered or kept for what is passive (${type})`, () => {
      const queue = { id: 'q', name: 'Sales' };
      const step = message(undefined, contact, fact(noon, type), context(noon, { queue }));
      assert.equal(step.event.interaction.change, undefined);
      assert.deepEqual([step.keep, step.offer], [false, false]);
      const within = message({ ...opened, queue }, contact, fact(noon, type), context(noon));
      assert.deepEqual([within.event.interaction.state, within.offer], ['open', false]);
    });
  }

  it('is not begun, nor begun again, by an answer to its closing', () => {
    const closed = closedAt(noon);
    const options = { interactionId: 'i2', reopenWithin: 60 * minute, opensNone: true };
    const now = context(noon + minute, options);
    const step = message(closed, contact, fact(noon + minute, 'text', 'outgoing'), now);
    assert.deepEqual([step.event.name, step.event.interaction.id], ['message.outgoing', 'i1']);
    assert.deepEqual(
      [step.event.interaction.state, step.event.interaction.change],
      ['closed', undefined],
    );
    assert.deepEqual([step.state, step.keep], [closed, true]);
  });

  it('is not begun again by a message that was written before it ended and comes late', () => {
    const closed = closedAt(noon + 60 * minute);
    const now = context(noon + 90 * minute, { interactionId: 'i2', reopenWithin: 60 * minute });
    const late = message(closed, contact, fact(noon + 54 * minute), now);
    assert.equal(late.event.name, 'message.incoming');
    assert.deepEqual(late.event.interaction, {
      id: 'i1',
      state: 'closed',
      openedAt: isoOf(noon),
      closedAt: isoOf(noon + 60 * minute),
      reason: 'agent',
    });
    const within = message(closed, contact, fact(noon + 56 * minute), now);
    assert.equal(within.event.interaction.change, 'opened');
  });

  it('is begun by such a message where only the clock had ended the one before', () => {
    const closed = close(opened, inactivity, noon + 60 * minute, context(noon)).state;
    const now = context(noon + 90 * minute, { interactionId: 'i2' });
    const step = message(closed, contact, fact(noon + 30 * minute), now);
    assert.equal(step.event.interaction.change, 'opened');
    assert.equal(step.event.interaction.id, 'i2');
  });

  it('goes by when a message was written, not by when it came, in judging whether to go on', () => {
    const closed = closedAt(noon + minute);
    const now = context(noon + 600 * minute, { interactionId: 'i2', reopenWithin: 10 * minute });
    assert.equal(message(closed, contact, fact(noon + 9 * minute), now).state.id, 'i1');
    assert.equal(message(closed, contact, fact(noon + 12 * minute), now).state.id, 'i2');
  });

  it('takes no message for late because our clock was set back since it ended', () => {
    const closed = closedAt(noon + 600 * minute);
    const now = context(noon + minute, { interactionId: 'i2' });
    const step = message(closed, contact, fact(noon + minute), now);
    assert.equal(step.event.interaction.change, 'opened');
  });

  it('knows when the contact wrote last', () => {
    const second = message(opened, contact, fact(noon + minute), context(noon + minute)).state;
    const earlier = message(second, contact, fact(noon - minute), context(noon + minute)).state;
    const ours = message(
      earlier,
      contact,
      fact(noon + 2 * minute, 'text', 'outgoing'),
      context(noon),
    );
    assert.equal(ours.state.incomingAt, noon + minute);
  });

  it('tells its variables until and with its end, and none after it', () => {
    const state = { ...opened, variables: { ORDER: '9/9' } };
    const next = message(state, contact, fact(noon), context(noon));
    assert.deepEqual(next.event.interaction.variables, { ORDER: '9/9' });
    const ended = close(next.state, 'flow', noon + minute, context(noon + minute));
    assert.deepEqual(ended.event.interaction.variables, { ORDER: '9/9' });
    const soon = context(noon + 2 * minute, { reopenWithin: 10 * minute });
    const again = message(ended.state, contact, fact(noon + 2 * minute), soon);
    assert.equal(again.event.interaction.id, 'i1');
    assert.equal('variables' in again.event.interaction, false);
  });

  it('is ended by the provider only if that is about this one', () => {
    const ended = end(opened, endAt(noon + minute), context(noon + 2 * minute));
    assert.equal(ended?.event.interaction.reason, 'provider');
    assert.equal(ended?.event.interaction.closedAt, isoOf(noon + minute));
    assert.equal(end(opened, endAt(noon - 1), context(noon + 2 * minute)), undefined);
    assert.equal(end(undefined, endAt(noon), context(noon)), undefined);
    assert.equal(end(ended?.state, endAt(noon + minute), context(noon)), undefined);
  });

  it('does not end before it began when the clock of the provider runs ahead', () => {
    const ahead = message(undefined, contact, fact(noon + 3 * minute), context(noon)).state;
    const { event } = close(ahead, 'agent', noon + minute, context(noon + minute));
    assert.equal(event.interaction.closedAt, event.interaction.openedAt);
  });

  it('tells who closed it, else whose it was', () => {
    const ada = { username: 'ada', name: 'Ada' };
    const bob = { username: 'bob', name: 'Bob' };
    const hers = { ...opened, agent: ada };
    assert.deepEqual(close(hers, 'agent', noon, context(noon)).event.agent, ada);
    assert.deepEqual(close(hers, 'agent', noon, context(noon), bob).event.agent, bob);
  });

  it('believes no time that is none', () => {
    const odd = { ...fact(noon), at: 'yesterday' };
    assert.equal(message(undefined, contact, odd, context(noon)).event.at, isoOf(noon));
  });

  it('believes no time that is older than any provider repeats', () => {
    const week = 7 * 24 * 60 * minute;
    assert.equal(isOld(isoOf(noon - week - 61 * minute), noon), true);
    assert.equal(isOld(isoOf(noon - week - 59 * minute), noon), false);
    assert.equal(isOld(undefined, noon), false);
  });

  /** Time goes on by `wait`; a message was written `age` before it came. */
  const act = fc.record({
    kind: fc.constantFrom('incoming', 'outgoing', 'reaction', 'edit', 'close', 'end', 'status'),
    wait: fc.integer({ min: 0, max: 40 * minute }),
    age: fc.oneof(fc.constant(0), fc.integer({ min: -20 * minute, max: 60 * minute })),
  });
  const lives = fc.record({
    acts: fc.array(act, { maxLength: 60 }),
    reopenWithin: fc.constantFrom(0, 10 * minute),
  });

  interface Told {
    readonly kind: string;
    readonly event: WhatsAppEvent;
    readonly before: InteractionState | undefined;
    readonly after: InteractionState | undefined;
  }

  function happen(
    kind: string,
    state: InteractionState | undefined,
    at: number,
    here: StepContext,
  ): { readonly event: WhatsAppEvent; readonly after: InteractionState | undefined } | undefined {
    if (kind === 'status') {
      const read = { messageId: 'm', at: isoOf(at), delivery: { status: 'read' } } as const;
      const event = delivery(state, contact, { ...base, kind: 'delivery', ...read }, here);
      return { event, after: state };
    }
    const isOpen = state?.state === 'open';
    if (kind === 'close' && !isOpen) return undefined;
    if (kind === 'close' && isOpen) return stepOf(close(state, 'flow', here.receivedAt, here));
    if (kind === 'end') return stepOf(end(state, endAt(at), here), state);
    const told =
      kind === 'incoming' || kind === 'outgoing' ? fact(at, 'text', kind) : fact(at, kind);
    return stepOf(message(state, contact, told, here), state);
  }
  const stepOf = (step: Step | undefined, before?: InteractionState) =>
    step && { event: step.event, after: step.keep ? step.state : before };

  type Life = typeof lives extends fc.Arbitrary<infer T> ? T : never;

  function live({ acts, reopenWithin }: Life): Told[] {
    const told: Told[] = [];
    let state: InteractionState | undefined;
    let now = noon;
    for (const [index, { kind, wait, age }] of acts.entries()) {
      now += wait;
      const before = state;
      const here = context(now, { interactionId: `i${index}`, reopenWithin });
      const step = happen(kind, before, now - age, here);
      if (!step) continue;
      state = step.after;
      told.push({ kind, event: step.event, before, after: state });
    }
    return told;
  }

  const law = (title: string, holds: (told: readonly Told[], reopenWithin: number) => void) =>
    it(title, () => {
      fc.assert(
        fc.property(lives, (input) => holds(live(input), input.reopenWithin)),
        { numRuns: 500 },
      );
    });

  law('opens and closes in turns, and nothing of it is open before or after', (told) => {
    let open: string | undefined;
    for (const { event } of told) {
      const { id, change, state } = event.interaction;
      if (change === 'opened') {
        assert.equal(open, undefined);
        open = id;
      }
      assert.equal(state === 'open' || change === 'closed', open !== undefined);
      if (open !== undefined) assert.equal(id, open);
      if (change === 'closed') open = undefined;
    }
  });

  law('takes the id of an earlier one only where the account asks for it', (told, reopenWithin) => {
    const ids = told
      .filter(({ event }) => event.interaction.change === 'opened')
      .map(({ event }) => event.interaction.id);
    if (reopenWithin === 0) assert.equal(new Set(ids).size, ids.length);
    const others = ids.filter((id, index) => id !== ids[index - 1]);
    assert.equal(new Set(others).size, others.length);
  });

  law('never ends before it began, nor begins before the one before it ended', (told) => {
    let ended = '';
    for (const { event } of told) {
      const { change, openedAt, closedAt = '', id } = event.interaction;
      if (change === 'closed') {
        assert.ok(closedAt >= openedAt);
        ended = closedAt;
      }
      const isNew =
        change === 'opened' && told.find((t) => t.event.interaction.id === id)?.event === event;
      if (isNew) assert.ok(openedAt >= ended);
    }
  });

  law('is opened or closed by nothing that is passive', (told) => {
    for (const { kind, event, before, after } of told) {
      if (!['reaction', 'edit', 'status'].includes(kind)) continue;
      assert.equal(event.interaction.change, undefined);
      assert.equal(after?.state, before?.state);
    }
  });

  law('never looks idle sooner for something that came', (told) => {
    for (const { before, after } of told) {
      if (before && before.id === after?.id) assert.ok(after.lastAt >= before.lastAt);
    }
  });
});
