import type { Contact, Media } from '../../event/event.ts';
import type { ConversationMessage, OpenInteraction } from '../../store/conversations.ts';
import type { Offer } from '../../store/offers.ts';
import type { InteractionView, MediaView, MessageView, OfferView } from '../protocol.ts';
import type { DesktopQueue } from './desktop.ts';

/** WhatsApp lets a contact be written to freely for so long after their last message. */
const freely = 24 * 3_600_000;

/** Who it is, and what else is known of them: the name, else the phone, else the ids. */
export function contactLine(contact: Contact): {
  readonly contact: string;
  readonly detail: string;
} {
  const known = [contact.name, contact.phone, contact.username, contact.userId];
  const [title = contact.id, detail = ''] = known.filter(
    (text) => text !== undefined && text !== '',
  );
  return { contact: title, detail };
}

export function offerView(offer: Offer, queue: DesktopQueue, expiresAt?: number): OfferView {
  const { account, contact, message } = offer.event;
  return {
    id: offer.id,
    ...contactLine(contact),
    account: account.name,
    queue: queue.name,
    text: message ? textOf(message) : '',
    ...(message ? { messageType: message.type } : {}),
    createdAt: offer.createdAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** `canSend` = whether the interaction's account has somebody who could send for it. */
export function interactionView(open: OpenInteraction, canSend: boolean): InteractionView {
  const { id, account, contact, queue, agent, openedAt, lastAt, lastIncomingAt, last } = open;
  return {
    id,
    ...contactLine(contact),
    account: account.name,
    ...(queue ? { queue: queue.name } : {}),
    openedAt,
    lastAt,
    lastText: last ? textOf(last) : '',
    ...(last ? { lastType: last.type } : {}),
    unread: open.unread,
    ...(lastIncomingAt === undefined ? {} : { windowUntil: lastIncomingAt + freely }),
    canReply: canSend && isAnswerable(open),
    ...(agent ? { agent: { username: agent.username, name: agent.name } } : {}),
  };
}

/** What is written to a contact does not reach the group that they wrote in. */
export function isAnswerable({ group, contact }: OpenInteraction): boolean {
  return group === undefined && Boolean(contact.phone ?? contact.userId);
}

export function messageView(message: ConversationMessage): MessageView {
  const { id, seq, verb, type, text, at, agent, status, errorText, location, buttonId } = message;
  return {
    id,
    seq,
    verb,
    type,
    text,
    at,
    ...(agent ? { by: agent.name } : {}),
    ...(verb === 'outgoing' ? { status: status ?? 'sent' } : {}),
    ...(errorText === undefined ? {} : { errorText }),
    media: message.media.map(mediaView),
    ...(location ? { location } : {}),
    ...(buttonId === undefined ? {} : { buttonId }),
  };
}

function mediaView({ type, fileName, caption, mimeType, url = '' }: Media): MediaView {
  return {
    type,
    ...(fileName === undefined ? {} : { fileName }),
    ...(caption === undefined ? {} : { caption }),
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(URL.parse(url)?.protocol === 'https:' ? { href: url } : {}),
  };
}

function textOf({ text, media }: Pick<ConversationMessage, 'text' | 'media'>): string {
  return text || (media.find(({ caption }) => caption)?.caption ?? '');
}
