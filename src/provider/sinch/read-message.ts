import { compact, filled, type Json, object, text } from '../read.ts';
import { type Callback, channelOf, notRead, otherChannel, person, type Read } from './callback.ts';
import { readContent } from './content.ts';

/** The trigger MESSAGE_INBOUND. */
export function incoming(message: Json, callback: Callback): Read {
  const other = otherChannel(channelOf(message));
  if (other) return other;
  if (message['injected'] === true) return { notice: 'Put into the history, not received.' };
  return messageFact(message, 'contact_message', filled(message['id']), 'incoming', callback);
}

/** MESSAGE_SUBMIT: a message that went out for this app, by us or by somebody else. */
export function submitted(notification: Json, callback: Callback): Read {
  const other = otherChannel(channelOf(notification));
  if (other) return other;
  const id = filled(notification['message_id']);
  return messageFact(notification, 'submitted_message', id, 'outgoing', callback);
}

function messageFact(
  part: Json,
  content: string,
  id: string | undefined,
  verb: 'incoming' | 'outgoing',
  callback: Callback,
): Read {
  const contact = person(part);
  if (id === undefined) return { problem: 'A message has no id.' };
  if (!contact) return { problem: `Message ${id} names no contact.` };
  const message = { id, verb, ...readContent(object(part[content]) ?? {}) };
  return { kind: 'message', ...callback, dedupeKey: `message:${id}`, contact, message };
}

/** EVENT_INBOUND: of what a contact does beside writing only a reaction is worth a message. */
export function channelEvent(event: Json, callback: Callback): Read {
  const other = otherChannel(channelOf(event));
  if (other) return other;
  const reaction = object(object(event['contact_message_event'])?.['reaction_event']);
  const id = filled(event['id']);
  const contact = person(event);
  if (!reaction || id === undefined || !contact) {
    const [name] = Object.keys(object(event['contact_event']) ?? {});
    return { notice: text(name) ?? notRead };
  }
  const isTakenBack = reaction['action'] === 'REACTION_ACTION_UNREACT';
  const message = compact({
    id,
    verb: 'incoming' as const,
    type: 'reaction',
    text: isTakenBack ? '' : (text(reaction['emoji']) ?? ''),
    media: [],
    replyTo: filled(reaction['message_id']),
  });
  return { kind: 'message', ...callback, dedupeKey: `message:${id}`, contact, message };
}
