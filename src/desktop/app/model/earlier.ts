import type { ServerWord } from '../../protocol.ts';
import type { Conversation, Earlier } from './desk-state.ts';
import { merge } from './messages.ts';
import type { DesktopState } from './state.ts';
import { step, type Step } from './step.ts';

type Word<Type extends ServerWord['type']> = Extract<ServerWord, { type: Type }>;

/** Which conversation of an interaction's contact is meant. */
interface Place {
  readonly interactionId: string;
  readonly earlierId: string;
}

/** Asks once what the contact of an interaction had before. */
export function askHistory(state: DesktopState, interactionId: string): Step {
  if (state.earlier.has(interactionId) || state.connection !== 'online') return step(state);
  const asked = withEarlier(state, interactionId, { open: new Map() });
  return step(asked, { type: 'send', word: { type: 'history', interactionId } });
}

export function takeHistory(
  state: DesktopState,
  { interactionId, earlier: list }: Word<'history'>,
): DesktopState {
  const known = state.earlier.get(interactionId);
  return known ? withEarlier(state, interactionId, { ...known, list }) : state;
}

/** Opens one of the earlier conversations, or closes it. */
export function toggle(state: DesktopState, place: Place): Step {
  const open = state.earlier.get(place.interactionId)?.open.has(place.earlierId);
  return open ? step(withOpen(state, place, undefined)) : ask(state, place, []);
}

export function askOlder(state: DesktopState, place: Place): Step {
  const known = state.earlier.get(place.interactionId)?.open.get(place.earlierId);
  return known?.more && !known.waiting ? ask(state, place, known.messages) : step(state);
}

export function takeEarlier(state: DesktopState, word: Word<'earlier'>): DesktopState {
  const known = state.earlier.get(word.interactionId)?.open.get(word.earlierId);
  if (!known) return state;
  const messages = word.before === undefined ? word.messages : merge(word.messages, known.messages);
  return withOpen(state, word, { messages, more: word.more, gone: false });
}

/** Answers that will not come any more are not waited for. */
export function withoutWaiting(state: DesktopState): DesktopState {
  const answered = [...state.earlier].filter(([, { list }]) => list !== undefined);
  const earlier = answered.map(([id, known]) => {
    const open = [...known.open].filter(([, { waiting }]) => waiting === undefined);
    return [id, { ...known, open: new Map(open) }] as const;
  });
  return { ...state, earlier: new Map(earlier) };
}

function ask(state: DesktopState, place: Place, messages: Conversation['messages']): Step {
  if (state.connection !== 'online') return step(state);
  const { interactionId, earlierId } = place;
  const before = messages[0]?.seq;
  const waiting = {
    messages,
    more: false,
    gone: false,
    waiting: before === undefined ? 'open' : 'older',
  } as const;
  return step(withOpen(state, place, waiting), {
    type: 'send',
    word: { type: 'earlier', interactionId, earlierId, before },
  });
}

function withOpen(
  state: DesktopState,
  { interactionId, earlierId }: Place,
  conversation: Conversation | undefined,
): DesktopState {
  const known = state.earlier.get(interactionId);
  if (!known) return state;
  const open = new Map(known.open);
  if (conversation) open.set(earlierId, conversation);
  else open.delete(earlierId);
  return withEarlier(state, interactionId, { ...known, open });
}

function withEarlier(state: DesktopState, interactionId: string, earlier: Earlier): DesktopState {
  return { ...state, earlier: new Map(state.earlier).set(interactionId, earlier) };
}
