import type { InteractionView, MessageView } from '../../../src/desktop/interaction-view.ts';
import type { Attention } from '../../../src/desktop/app/model/step.ts';
import { near, onlineDesk } from './desk.ts';

export const reading: Attention = { ...near, reading: true };

export function interaction(id: string, more: Partial<InteractionView> = {}): InteractionView {
  const texts = { contact: `Contact ${id}`, detail: '', account: 'Shop', lastText: 'Hello' };
  return { id, ...texts, openedAt: 0, lastAt: 0, unread: 0, canReply: true, ...more };
}

export function message(seq: number, more: Partial<MessageView> = {}): MessageView {
  const text = { id: `m${seq}`, seq, verb: 'incoming', type: 'text', text: `Text ${seq}` } as const;
  return { ...text, at: seq, media: [], ...more };
}

/** A page whose agent has these interactions. */
export function deskWith(...interactions: readonly InteractionView[]) {
  return onlineDesk().hear({ type: 'interactions', interactions });
}

/** A page with the conversation of "i" open, as far as it goes. */
export function deskInTalk(...messages: readonly MessageView[]) {
  return deskWith(interaction('i'))
    .act({ type: 'chosen', interactionId: 'i' })
    .hear({ type: 'conversation', interactionId: 'i', messages, more: false }, reading);
}
