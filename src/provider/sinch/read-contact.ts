import { phone } from '../phone.ts';
import type { Person } from '../provider.ts';
import { compact, filled, type Json, object, objects } from '../read.ts';
import { type Callback, otherChannel, type Read } from './callback.ts';

/** CONVERSATION_STOP: there is no phone number in it, only Sinch's own id of the contact. */
export function stopped(notification: Json, callback: Callback): Read {
  const conversation = object(notification['conversation']);
  const id = filled(conversation?.['id']);
  const providerId = filled(conversation?.['contact_id']);
  const other = otherChannel(filled(conversation?.['active_channel']) ?? 'WHATSAPP');
  if (other) return other;
  if (id === undefined || providerId === undefined) {
    return { problem: 'A stopped conversation has no id or no contact.' };
  }
  return { kind: 'end', ...callback, dedupeKey: `end:${id}`, contact: { providerId } };
}

/**
 * CONTACT_CREATE and CONTACT_UPDATE: the contact's record links its phone number and its user id, and
 * is all that tells a name.
 */
export function contactChanged(notification: Json, callback: Callback): Read {
  return identity(undefined, object(notification['contact']), callback);
}

/** CONTACT_MERGE. */
export function contactsMerged(notification: Json, callback: Callback): Read {
  const gone = filled(object(notification['deleted_contact'])?.['id']);
  return identity(gone, object(notification['preserved_contact']), callback);
}

function identity(gone: string | undefined, record: Json | undefined, callback: Callback): Read {
  const providerId = filled(record?.['id']);
  const ids = objects(record?.['channel_identities'])
    .filter(({ channel }) => channel === 'WHATSAPP')
    .flatMap((entry) => filled(entry['identity']) ?? []);
  // A record belongs to the whole project and may name no app.
  if (providerId === undefined || ids.length === 0 || callback.accountId === '') {
    return { notice: 'The record of a contact of no WhatsApp account here.' };
  }
  const name = filled(record?.['display_name']);
  const contact: Person = compact({
    phone: ids.map(phone).find((number) => number !== undefined),
    userId: ids.find((id) => phone(id) === undefined),
    name: name === 'Unknown' ? undefined : name,
    providerId,
  });
  const previous: Person = { providerId: gone ?? providerId };
  const dedupeKey = `identity:${JSON.stringify([gone ?? '', contact])}`;
  return { kind: 'identity', ...callback, dedupeKey, previous, contact };
}
