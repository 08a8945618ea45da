import type { Contact, Media } from '../../event/event.ts';
import type { ConversationMessage, OpenInteraction } from '../../store/conversations.ts';
import type { Offer } from '../../store/offers.ts';
import type { InteractionView, MediaView, MessageView } from '../interaction-view.ts';
import type { OfferView } from '../protocol.ts';
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
    lastText: '',
    ...latestOf(last),
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

/** What was said last, in a list. */
export function latestOf(last: ConversationMessage | undefined) {
  return last ? { lastText: textOf(last), lastType: last.type } : {};
}

/** Where messages are shown, which decides where the page finds their files. */
export interface Place {
  /** The open interaction that lets an agent see them. */
  readonly interactionId: string;
  /** Whether the desktop itself gives out a file. */
  readonly serves: (media: Media) => boolean;
}

/** Messages that one answer brings. */
export const pageSize = 50;

/** Of one message more than fits, so that it tells whether there are older ones. */
export function conversationPage(
  messages: readonly ConversationMessage[],
  before: number | undefined,
  place: Place,
) {
  return {
    ...(before === undefined ? {} : { before }),
    messages: messages.slice(-pageSize).map((message) => messageView(message, place)),
    more: messages.length > pageSize,
  };
}

export function messageView(message: ConversationMessage, place: Place): MessageView {
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
    media: message.media.map((media, index) => mediaView(media, place, [seq, index])),
    ...(location ? { location } : {}),
    ...(buttonId === undefined ? {} : { buttonId }),
  };
}

function mediaView(media: Media, place: Place, [seq, index]: readonly [number, number]): MediaView {
  const { type, fileName, caption, mimeType, url = '' } = media;
  const own = `media/${place.interactionId}/${seq}/${index}`;
  const theirs = URL.parse(url)?.protocol === 'https:' ? url : undefined;
  const href = place.serves(media) ? own : theirs;
  return {
    type,
    ...(fileName === undefined ? {} : { fileName }),
    ...(caption === undefined ? {} : { caption }),
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(href === undefined ? {} : { href }),
  };
}

function textOf({ text, media }: Pick<ConversationMessage, 'text' | 'media'>): string {
  return text || (media.find(({ caption }) => caption)?.caption ?? '');
}
