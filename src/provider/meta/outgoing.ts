import { compact, filled, type Json } from '../read.ts';
import type { Outgoing, OutgoingContent, Recipient } from '../sender.ts';
import { identify } from './people.ts';

type Raw = Extract<OutgoingContent, { kind: 'raw' }>;
type Composed = Exclude<OutgoingContent, Raw>;
type Template = Extract<OutgoingContent, { kind: 'template' }>;
type Media = Extract<OutgoingContent, { kind: 'media' }>;

/** What is wrong with a message, whatever the provider thinks of it. */
export function flawOf({ to, content }: Outgoing): string | undefined {
  if (!isNamed(content) && to.phone === undefined && to.userId === undefined) {
    return 'There is no recipient.';
  }
  switch (content.kind) {
    case 'text':
      return content.text.trim() === '' ? 'The text is empty.' : undefined;
    case 'template':
      return content.name === '' ? 'The template has no name.' : undefined;
    case 'media':
      return /^https?:\/\//i.test(content.url)
        ? undefined
        : 'The URL of the media is no web address.';
    // Marking a message as read goes to the same address, but there is nothing to report of it.
    case 'raw':
      return 'status' in content.body ? 'A body with a "status" sends no message.' : undefined;
  }
}

/** The body of a POST to `/messages` (Meta: messages/send-messages). */
export function messageBody({ to, content, reference }: Outgoing): Json {
  const common = { messaging_product: 'whatsapp', biz_opaque_callback_data: reference };
  const recipient = isNamed(content) ? {} : addressOf(to);
  if (content.kind === 'raw') return { ...common, ...recipient, ...content.body };
  const replyTo = content.kind === 'template' ? undefined : content.replyTo;
  return {
    ...common,
    ...recipient,
    ...(replyTo ? { context: { message_id: replyTo } } : {}),
    ...partOf(content),
  };
}

/** `to` wins where both are given. */
export function recipientOf(body: Json): Recipient | undefined {
  if (!('to' in body || 'recipient' in body)) return undefined;
  const id = filled(body['to']) ?? filled(body['recipient']);
  return body['recipient_type'] === 'group' ? compact({ group: id }) : identify({ id });
}

/** Whether a raw body names its recipient itself: a group, say. */
function isNamed(content: OutgoingContent): boolean {
  return content.kind === 'raw' && recipientOf(content.body) !== undefined;
}

/** `to` wins where both are given, and a user id in it would be stripped to its digits. */
function addressOf({ phone, userId }: Recipient): Json {
  const id = phone === undefined ? { recipient: userId } : { to: phone };
  return { recipient_type: 'individual', ...id };
}

function partOf(content: Composed): Json {
  switch (content.kind) {
    case 'text':
      return { type: 'text', text: { body: content.text } };
    case 'template':
      return { type: 'template', template: templateOf(content) };
    case 'media':
      return { type: content.type, [content.type]: mediaOf(content) };
  }
}

function templateOf({ name, language, parameters }: Template): Json {
  const body = { type: 'body', parameters: parameters.map((text) => ({ type: 'text', text })) };
  return {
    name,
    language: { code: language },
    ...(parameters.length > 0 ? { components: [body] } : {}),
  };
}

const captioned: ReadonlySet<string> = new Set(['image', 'video', 'document']);

/** A caption or a file name where none may stand is refused by Meta. */
function mediaOf({ type, url, caption, fileName }: Media): Json {
  return {
    link: url,
    ...(caption !== '' && captioned.has(type) ? { caption } : {}),
    ...(fileName && type === 'document' ? { filename: fileName } : {}),
  };
}
