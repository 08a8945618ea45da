import type { Location, Media, Message, Referral, SharedContact } from '../../event/event.ts';
import { compact, filled, type Json, number, object, objects, text } from '../read.ts';

type Content = Pick<Message, 'text' | 'media'> &
  Partial<Pick<Message, 'buttonId' | 'location' | 'contacts' | 'replyTo'>>;

const mediaTypes = new Set(['image', 'video', 'audio', 'voice', 'document', 'sticker']);

/** A message of Meta's `messages` or `message_echoes` array; unknown kinds keep their type. */
export function readMessage(message: Json, id: string): Omit<Message, 'verb'> {
  const type = filled(message['type']) ?? 'unknown';
  const { replyTo, ...content } = readContent(type, message);
  return compact({
    id,
    type,
    ...content,
    replyTo: replyTo ?? filled(object(message['context'])?.['id']),
    group: filled(message['group_id']),
    referral: readReferral(object(message['referral'])),
  });
}

function readContent(type: string, message: Json): Content {
  const body = object(message[type]);
  const empty: Content = { text: '', media: [] };
  if (mediaTypes.has(type)) return readMedia(type, body);
  switch (type) {
    case 'text':
      return { ...empty, text: text(body?.['body']) ?? '' };
    case 'interactive':
      return { ...empty, ...readInteractive(body) };
    case 'button':
      return { ...empty, ...answer(body?.['text'], body?.['payload']) };
    case 'location':
      return { ...empty, ...readLocation(body) };
    case 'contacts':
      return { ...empty, contacts: objects(message['contacts']).map(readSharedContact) };
    case 'reaction':
      return { ...empty, ...readReaction(body) };
    case 'order':
      return { ...empty, text: text(body?.['text']) ?? '' };
    case 'edit':
    case 'revoke':
      return readCorrection(body);
    default:
      return empty;
  }
}

function readMedia(type: string, body: Json | undefined): Content {
  const caption = text(body?.['caption']);
  const media: Media = compact({
    type,
    id: filled(body?.['id']),
    url: filled(body?.['url']) ?? filled(body?.['link']),
    mimeType: filled(body?.['mime_type']),
    fileName: filled(body?.['filename']),
    caption,
  });
  return { text: caption ?? '', media: [media] };
}

function readInteractive(body: Json | undefined): Partial<Content> {
  const button = object(body?.['button_reply']) ?? object(body?.['list_reply']);
  if (button) return answer(button['title'], button['id']);
  const form = object(body?.['nfm_reply']);
  if (form) return { text: text(form['body']) ?? '' };
  const permission = object(body?.['call_permission_reply']);
  if (permission) return { text: text(permission['response']) ?? '' };
  return readOther(body);
}

/** A kind of answer that is not known: its inner object may be missing, and may have a title. */
function readOther(body: Json | undefined): Partial<Content> {
  const inner = object(body?.[filled(body['type']) ?? '']);
  return { text: text(inner?.['title']) ?? text(inner?.['body']) ?? '' };
}

/** An edit tells the new content, a revoke none; both name the message that they are about. */
function readCorrection(body: Json | undefined): Content {
  const original = filled(body?.['original_message_id']);
  const edited = object(body?.['message']);
  const type = filled(edited?.['type']) ?? '';
  const nested = type === 'edit' || type === 'revoke';
  const content = edited && !nested ? readContent(type, edited) : { text: '', media: [] };
  const { replyTo: _, ...fresh } = content;
  return { ...fresh, ...(original === undefined ? {} : { replyTo: original }) };
}

function answer(title: unknown, id: unknown): Partial<Content> {
  const buttonId = filled(id);
  return { text: text(title) ?? '', ...(buttonId === undefined ? {} : { buttonId }) };
}

function readLocation(body: Json | undefined): Partial<Content> {
  const latitude = number(body?.['latitude']);
  const longitude = number(body?.['longitude']);
  const name = filled(body?.['name']);
  const address = filled(body?.['address']);
  const words = [name, address].filter((word) => word !== undefined).join(', ');
  if (latitude === undefined || longitude === undefined) return { text: words };
  const location: Location = compact({ latitude, longitude, name, address });
  return { text: words, location };
}

/** A removed reaction has no emoji: its text is empty. */
function readReaction(body: Json | undefined): Partial<Content> {
  const replyTo = filled(body?.['message_id']);
  return { text: text(body?.['emoji']) ?? '', ...(replyTo === undefined ? {} : { replyTo }) };
}

function readSharedContact(contact: Json): SharedContact {
  return {
    name: filled(object(contact['name'])?.['formatted_name']) ?? '',
    phones: objects(contact['phones']).flatMap(
      (entry) => filled(entry['phone']) ?? filled(entry['wa_id']) ?? [],
    ),
  };
}

function readReferral(referral: Json | undefined): Referral | undefined {
  if (!referral) return undefined;
  return compact({
    sourceUrl: filled(referral['source_url']),
    sourceType: filled(referral['source_type']),
    sourceId: filled(referral['source_id']),
    headline: filled(referral['headline']),
    body: filled(referral['body']),
  });
}
