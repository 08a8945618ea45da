import type { InteractionView } from '../../interaction-view.ts';
import type { ServerWord } from '../../protocol.ts';
import { wordsIn } from '../words/words.ts';
import { choose } from './conversation.ts';
import { withoutWaiting } from './earlier.ts';
import { announce, notify } from './notices.ts';
import type { DesktopState } from './state.ts';
import { andThen, elementId, step, type Step } from './step.ts';
import { nameOr } from './text.ts';

type Ended = Extract<ServerWord, { type: 'interactionEnded' }>;

export function contactOf(state: DesktopState, { contact }: { readonly contact: string }): string {
  return nameOr(contact, wordsIn(state.language).offers.unknown);
}

/** The interaction of an id: one's own, or one of those that a supervisor sees. */
export function interactionOf(
  state: DesktopState,
  id: string | undefined,
): InteractionView | undefined {
  const named = (one: InteractionView) => one.id === id;
  return state.interactions.find(named) ?? state.board?.interactions.find(named);
}

export function isMine(state: DesktopState, id: string): boolean {
  return state.interactions.some((one) => one.id === id);
}

/** A queue that is being deployed is back by then. */
const unlistedFor = 60_000;

/**
 * What was typed stays for a while: one that is not listed may only be of a queue that is being deployed.
 * Or it has ended while the connection was lost, and no word will ever say so.
 */
export function takeInteractions(
  state: DesktopState,
  interactions: readonly InteractionView[],
  at: number,
): Step {
  const listed = { ...state, interactions: latestFirst(interactions) };
  const begun = [
    ...state.drafts.keys(),
    ...[...state.replies.values()].map(({ interactionId }) => interactionId),
  ];
  const gone = begun.filter((id) => !isMine(listed, id));
  const unlisted = new Map(gone.map((id) => [id, state.unlisted.get(id) ?? at]));
  const next = { ...listed, unlisted };
  if (gone.every((id) => state.unlisted.has(id))) return step(next);
  const action = { type: 'unlistedDue', since: at } as const;
  return step(next, { type: 'later', after: unlistedFor, action });
}

/** Without a connection nobody knows: the list that comes with the next one begins anew. */
export function dropUnlisted(state: DesktopState, since: number): DesktopState {
  if (state.connection !== 'online') return state;
  const due = [...state.unlisted].filter(([id, at]) => at === since && !isMine(state, id));
  return due.reduce((left, [id]) => forget(left, id), state);
}

/** Takes one that is new or has changed. One that this agent has just accepted comes to the front. */
export function takeInteraction(state: DesktopState, changed: InteractionView): Step {
  const known = isMine(state, changed.id);
  const others = state.interactions.filter(({ id }) => id !== changed.id);
  const taken = { ...state, interactions: latestFirst([changed, ...others]) };
  if (known) return step(taken);
  if (state.expected === changed.id) return openWon(taken, changed.id);
  const text = wordsIn(state.language).inbox.given(contactOf(state, changed));
  return step(announce(taken, text));
}

/** An offer was won: its conversation comes to the front, now or as soon as the server sends it. */
export function expect(state: DesktopState, id: string | undefined): Step {
  return id !== undefined && isMine(state, id)
    ? openWon(state, id)
    : step({ ...state, expected: id });
}

export function ended(state: DesktopState, word: Ended): Step {
  const gone = state.interactions.find(({ id }) => id === word.id);
  const asked = state.leaving.has(word.id);
  const left = forget(state, word.id);
  if (!gone) return step(left);
  const text = endText(state, word, contactOf(state, gone));
  const told = asked ? step(announce(left, text)) : notify(left, text);
  return andThen(told, (next) => step(next, { type: 'focus', id: elementId.inbox, ifLost: true }));
}

export function refused(
  state: DesktopState,
  { what, interactionId, reason }: Extract<ServerWord, { type: 'refused' }>,
): Step {
  if (what === 'read' || what === 'history') return step(state);
  const leaving = new Set([...state.leaving].filter((id) => id !== interactionId));
  const text = wordsIn(state.language).refused[reason];
  const conversation = state.conversations.get(interactionId ?? '');
  if ((what !== 'open' && what !== 'older') || !interactionId || !conversation)
    return notify({ ...withoutWaiting(state), leaving }, text);
  const { waiting: _, ...rest } = conversation;
  const conversations = new Map(state.conversations).set(interactionId, { ...rest, gone: true });
  return step({ ...state, conversations });
}

export function closeInteraction(state: DesktopState, interactionId: string, reason: string): Step {
  return leave(state, interactionId, { type: 'close', interactionId, reason });
}

/** Leads to the conversation beside the open one, or to the next one that is unread. */
export function stepTo(
  state: DesktopState,
  to: 'next' | 'previous' | 'unread',
  attention: { readonly reading: boolean },
): Step {
  const { interactions, chosen } = state;
  const index = interactions.findIndex(({ id }) => id === chosen);
  const round = [...interactions.slice(index + 1), ...interactions.slice(0, Math.max(index, 0))];
  const target =
    to === 'unread'
      ? round.find(({ unread }) => unread > 0)
      : round.at(to === 'next' || index < 0 ? 0 : -1);
  if (!target) return step(state);
  return andThen(choose(state, target.id, attention), (next) =>
    step(next, { type: 'focus', id: elementId.reply, ifLost: false }),
  );
}

/** Asks the server to take an interaction away from this agent; it ends when the server says so. */
export function leave(
  state: DesktopState,
  interactionId: string,
  word:
    | { readonly type: 'close'; readonly interactionId: string; readonly reason: string }
    | {
        readonly type: 'transfer';
        readonly interactionId: string;
        readonly to: { readonly agent: string } | { readonly queue: string };
      },
): Step {
  if (state.connection !== 'online') return step(state);
  // What a supervisor reassigns does not leave them: no word would tell when.
  const mine = isMine(state, interactionId);
  const leaving = mine ? new Set([...state.leaving, interactionId]) : state.leaving;
  return step({ ...state, leaving, panel: undefined }, { type: 'send', word });
}

function openWon(state: DesktopState, id: string): Step {
  const opened = choose({ ...state, expected: undefined }, id, { reading: false });
  return andThen(opened, (next) =>
    step(next, { type: 'focus', id: elementId.reply, ifLost: true }),
  );
}

/** Nothing of it stays on the screen; what a supervisor reads along stays theirs to read. */
function forget(state: DesktopState, id: string): DesktopState {
  const without = <Value>(map: ReadonlyMap<string, Value>) =>
    new Map([...map].filter(([key]) => key !== id));
  return {
    ...state,
    interactions: state.interactions.filter((one) => one.id !== id),
    conversations: without(state.conversations),
    earlier: without(state.earlier),
    drafts: without(state.drafts),
    replies: new Map([...state.replies].filter(([, reply]) => reply.interactionId !== id)),
    leaving: new Set([...state.leaving].filter((each) => each !== id)),
    unlisted: without(state.unlisted),
    ...(state.chosen === id && { chosen: undefined, panel: undefined }),
  };
}

function endText(state: DesktopState, { reason, by }: Ended, contact: string): string {
  const words = wordsIn(state.language).ended;
  switch (reason) {
    case 'closed':
      return by ? words.closedBy(contact, by) : words.closed(contact);
    case 'transferred':
      return by ? words.transferredBy(contact, by) : words.transferred(contact);
    case 'released':
      return words.released(contact);
    default:
      return reason satisfies never;
  }
}

function latestFirst(interactions: readonly InteractionView[]): readonly InteractionView[] {
  return interactions.toSorted((one, other) => other.lastAt - one.lastAt);
}
