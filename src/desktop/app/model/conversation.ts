import type { ServerWord } from '../../protocol.ts';
import { wordsIn } from '../words/words.ts';
import type { Conversation } from './desk-state.ts';
import { askHistory } from './earlier.ts';
import { merge } from './messages.ts';
import { announce } from './notices.ts';
import { matchReply } from './replies.ts';
import type { DesktopState } from './state.ts';
import { andThen, step, type Effect, type Step } from './step.ts';
import { nameOr } from './text.ts';

/** The server tells changes of as many conversations as a page has opened last. */
const followed = 20;

interface Reading {
  readonly reading?: boolean;
}

/** Opens a conversation; one that is known already is shown at once. */
export function choose(state: DesktopState, id: string | undefined, attention: Reading): Step {
  const chosen: DesktopState = { ...state, chosen: id, panel: undefined, view: 'inbox' };
  if (id === undefined) return step(chosen);
  const known = state.conversations.get(id);
  if (!known) return ask(chosen, id);
  const fresh = markFresh(state, id, known);
  return attend(withConversation(chosen, id, fresh), attention);
}

/** Asks for a conversation from its end. */
export function ask(state: DesktopState, interactionId: string): Step {
  const known = state.conversations.get(interactionId);
  const messages = known?.messages ?? [];
  const others = [...state.conversations].filter(([id]) => id !== interactionId);
  const waiting: Conversation = { messages, more: false, waiting: 'open', gone: false };
  const conversations = new Map([...others, [interactionId, waiting] as const].slice(-followed));
  return step({ ...state, conversations }, ...sending(state, { type: 'open', interactionId }));
}

export function askOlder(state: DesktopState, interactionId: string): Step {
  const known = state.conversations.get(interactionId);
  const before = known?.messages[0]?.seq;
  if (!known?.more || known.waiting || before === undefined || state.connection !== 'online')
    return step(state);
  const next = withConversation(state, interactionId, { ...known, waiting: 'older' });
  return step(next, { type: 'send', word: { type: 'older', interactionId, before } });
}

export function takeConversation(
  state: DesktopState,
  word: Extract<ServerWord, { type: 'conversation' }>,
  attention: Reading,
): Step {
  const known = state.conversations.get(word.interactionId);
  if (!known) return step(state);
  const { waiting: _, ...rest } = known;
  const older = word.before !== undefined;
  const messages = older ? merge(word.messages, rest.messages) : word.messages;
  const taken: Conversation = { ...rest, messages, more: word.more, gone: false };
  const marked = older ? taken : markFresh(state, word.interactionId, taken);
  const settled = older ? state : settleReplies(state, word.interactionId);
  const kept = withConversation(settled, word.interactionId, marked);
  const next = word.more ? step(kept) : askHistory(kept, word.interactionId);
  return andThen(next, (asked) => attend(asked, attention));
}

/** A new message, or one whose ticks have changed. */
export function takeMessage(
  state: DesktopState,
  { interactionId, message }: Extract<ServerWord, { type: 'message' }>,
  attention: Reading,
): Step {
  const known = state.conversations.get(interactionId);
  if (!known) return step(state);
  const fresh = !known.messages.some(({ id }) => id === message.id);
  const messages = merge(known.messages, [message]);
  const taken = withConversation(state, interactionId, { ...known, messages });
  const matched = fresh ? matchReply(taken, interactionId, message) : taken;
  if (!fresh || message.verb === 'outgoing' || state.chosen !== interactionId) return step(matched);
  return attend(matched, attention, true);
}

/** The agent sees the open conversation: what came since they last did is read now. */
export function attend(state: DesktopState, { reading }: Reading, fresh = false): Step {
  const interaction = state.interactions.find(({ id }) => id === state.chosen);
  const conversation = interaction && state.conversations.get(interaction.id);
  const seq = conversation?.messages.at(-1)?.seq;
  if (!reading || !conversation || seq === undefined || state.connection !== 'online')
    return step(state);
  if (interaction.unread === 0 && !fresh) return step(state);
  const interactions = state.interactions.map((each) =>
    each === interaction ? { ...each, unread: 0 } : each,
  );
  const read = { ...state, interactions };
  if (conversation.readTo !== undefined && conversation.readTo >= seq) return step(read);
  const told = withConversation(read, interaction.id, { ...conversation, readTo: seq });
  const word = { type: 'read', interactionId: interaction.id, seq } as const;
  return step(told, { type: 'send', word });
}

/** A new connection knows nothing of what was open: what is on the screen is asked for again. */
export function askAgain(state: DesktopState): Step {
  const { chosen } = state;
  const known = chosen === undefined ? undefined : state.conversations.get(chosen);
  const conversations = new Map(chosen !== undefined && known ? [[chosen, known] as const] : []);
  const kept = { ...state, conversations };
  return chosen === undefined ? step(kept) : ask(kept, chosen);
}

/** Tells of a message in a conversation that is not on the screen. */
export function tellUnread(state: DesktopState, id: string, contact: string): Step {
  const words = wordsIn(state.language);
  const interaction = state.interactions.find((one) => one.id === id);
  if (!interaction) return step(state);
  const title = words.inbox.message(nameOr(contact, words.offers.unknown));
  const alert = {
    id: `message-${id}-${interaction.lastAt}`,
    title,
    text: interaction.lastText,
    sound: false,
  };
  return andThen(step(announce(state, title)), (next) => step(next, { type: 'alert', alert }));
}

function markFresh(state: DesktopState, id: string, conversation: Conversation): Conversation {
  const { freshFrom: _, ...rest } = conversation;
  const unread = state.interactions.find((one) => one.id === id)?.unread ?? 0;
  if (unread === 0) return rest;
  const first = rest.messages.filter(({ verb }) => verb === 'incoming').at(-unread);
  return first ? { ...rest, freshFrom: first.seq } : rest;
}

/** Replies that went out are among the messages of a fresh answer. */
function settleReplies(state: DesktopState, interactionId: string): DesktopState {
  const replies = [...state.replies].filter(
    ([, reply]) => reply.interactionId !== interactionId || reply.state !== 'sent',
  );
  return { ...state, replies: new Map(replies) };
}

function withConversation(
  state: DesktopState,
  id: string,
  conversation: Conversation,
): DesktopState {
  return { ...state, conversations: new Map(state.conversations).set(id, conversation) };
}

function sending(
  state: DesktopState,
  word: Extract<Effect, { type: 'send' }>['word'],
): readonly Effect[] {
  return state.connection === 'online' ? [{ type: 'send', word }] : [];
}
