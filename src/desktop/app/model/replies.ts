import type { MessageView } from '../../interaction-view.ts';
import { longestReply, type ReplyRefusal } from '../../protocol.ts';
import type { Reply } from './desk-state.ts';
import type { DesktopState } from './state.ts';
import { step, type Effect, type Step } from './step.ts';

/** Keeps what is typed: it is still there when the agent comes back to the conversation. */
export function type(state: DesktopState, interactionId: string, text: string): DesktopState {
  const drafts = new Map(state.drafts);
  if (text === '') drafts.delete(interactionId);
  else drafts.set(interactionId, text);
  return { ...state, drafts };
}

/** Sends what was typed, under an id that lets it be sent again without arriving twice. */
export function send(
  state: DesktopState,
  {
    interactionId,
    draftId,
    at,
  }: Pick<Reply, 'interactionId' | 'at'> & { readonly draftId: string },
): Step {
  const text = state.drafts.get(interactionId)?.trim() ?? '';
  if (text === '' || text.length > longestReply || state.connection !== 'online')
    return step(state);
  const reply: Reply = { id: draftId, interactionId, text, at, state: 'sending' };
  const replies = new Map(state.replies).set(draftId, reply);
  return step({ ...type(state, interactionId, ''), replies }, wordOf(reply));
}

export function sendAgain(state: DesktopState, draftId: string): Step {
  const reply = state.replies.get(draftId);
  if (reply?.state !== 'failed' || state.connection !== 'online') return step(state);
  const { id, interactionId, text, at } = reply;
  const again: Reply = { id, interactionId, text, at, state: 'sending' };
  return step(withReply(state, again), wordOf(again));
}

export function drop(state: DesktopState, draftId: string): DesktopState {
  return { ...state, replies: without(state.replies, draftId) };
}

export function replied(
  state: DesktopState,
  word: {
    readonly draftId: string;
    readonly ok: boolean;
    readonly reason?: ReplyRefusal;
    readonly text?: string;
  },
): DesktopState {
  const reply = state.replies.get(word.draftId);
  if (!reply) return state;
  if (word.ok) return withReply(state, { ...reply, state: 'sent' });
  return withReply(state, {
    ...reply,
    state: 'failed',
    reason: word.reason ?? 'failed',
    ...(word.text && { detail: word.text }),
  });
}

/** The message that a reply has become takes its place. */
export function matchReply(
  state: DesktopState,
  interactionId: string,
  message: MessageView,
): DesktopState {
  if (message.verb !== 'outgoing') return state;
  const match = [...state.replies.values()].find(
    (reply) =>
      reply.interactionId === interactionId &&
      reply.state !== 'failed' &&
      reply.text === message.text.trim(),
  );
  return match ? drop(state, match.id) : state;
}

/** After a new connection: what the server may not have heard. It sends none of them twice. */
export function resend(state: DesktopState): readonly Effect[] {
  return [...state.replies.values()].filter((reply) => reply.state === 'sending').map(wordOf);
}

function wordOf({ id, interactionId, text }: Reply): Effect {
  return { type: 'send', word: { type: 'reply', interactionId, draftId: id, text } };
}

function withReply(state: DesktopState, reply: Reply): DesktopState {
  return { ...state, replies: new Map(state.replies).set(reply.id, reply) };
}

function without(replies: ReadonlyMap<string, Reply>, id: string): ReadonlyMap<string, Reply> {
  return new Map([...replies].filter(([key]) => key !== id));
}
