import type { Message } from '../../event/event.ts';
import type { Finding } from '../finding.ts';
import type { MessageFact, Person } from '../provider.ts';
import { compact, filled, type Json, text, unixTime } from '../read.ts';
import type { Change } from './finding.ts';
import { readSystem } from './identity.ts';
import { readMessage } from './message.ts';
import { isKnown, personOf } from './people.ts';

/** What a contact wrote, or what WhatsApp itself has to say about a contact. */
export function readIncoming(message: Json, change: Change): Finding {
  const id = filled(message['id']);
  if (id === undefined) return { reason: 'A message has no id.' };
  if (message['type'] === 'system') return readSystem(message, id, change);
  const from = personOf(
    {
      id: filled(message['from']),
      userId: filled(message['from_user_id']),
      parentUserId: filled(message['from_parent_user_id']),
    },
    change.people,
  );
  if (isKnown(from)) return messageFact(message, id, from, 'incoming', change);
  if (message['type'] !== 'unsupported') return { reason: `Message ${id} names no contact.` };
  return notice(change, 'A message of a kind that the provider cannot deliver came from nobody.');
}

/** What one of our people wrote in the WhatsApp Business app on the same number. */
export function readEcho(echo: Json, change: Change): Finding {
  const id = filled(echo['id']);
  if (id === undefined) return { reason: 'An echo has no id.' };
  if (echo['recipient_type'] === 'group') {
    return notice(change, 'A message that one of us sent to a group from the app was passed over.');
  }
  const to = personOf(
    {
      id: filled(echo['to']),
      userId: filled(echo['to_user_id']),
      parentUserId: filled(echo['to_parent_user_id']),
    },
    change.people,
  );
  if (isKnown(to)) return messageFact(echo, id, to, 'outgoing', change);
  return { reason: `Echo ${id} names no contact.` };
}

function messageFact(
  json: Json,
  id: string,
  contact: Person,
  verb: 'incoming' | 'outgoing',
  change: Change,
): MessageFact {
  const message = readMessage(json, id);
  return compact({
    kind: 'message' as const,
    accountId: change.accountId,
    dedupeKey: dedupeKey(message, json),
    at: unixTime(json['timestamp']),
    raw: json,
    contact,
    message: { ...message, verb },
  });
}

/**
 * A message and its echo have one id. An edit has its own, but where it comes under the original's, it
 * must not be taken for a repetition of it.
 */
function dedupeKey({ id, type, replyTo }: Omit<Message, 'verb'>, json: Json): string {
  if ((type !== 'edit' && type !== 'revoke') || (replyTo !== undefined && replyTo !== id)) {
    return `message:${id}`;
  }
  return `${type}:${id}:${text(json['timestamp']) ?? ''}`;
}

function notice({ accountId, field: about }: Change, words: string): Finding {
  return { accountId, about, text: words };
}
