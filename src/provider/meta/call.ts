import type { Finding } from '../finding.ts';
import type { Person } from '../provider.ts';
import { compact, filled, type Json, object, text, unixTime } from '../read.ts';
import { type Change, cut } from './finding.ts';
import { type Ids, isKnown, personOf } from './people.ts';

/**
 * A contact who calls us may be written to for 24 hours, whether we answer or not (Meta: calling,
 * pricing). Only the beginning counts: the end of a call comes later and opens nothing anew.
 */
export function readCall(call: Json, change: Change): Finding {
  const event = filled(call['event']) ?? 'unknown';
  if (event !== 'connect' || call['direction'] === 'BUSINESS_INITIATED') {
    return passed(change, event);
  }
  return callFact(call, caller(call, change), '', change);
}

/** So may a contact who accepts a call of ours; ringing and rejecting tell nothing. */
export function readCallStatus(status: Json, change: Change): Finding {
  const name = filled(status['status']) ?? 'unknown';
  if (name.toUpperCase() !== 'ACCEPTED') return passed(change, name);
  const person = personOf(side(status, 'recipient_id', 'recipient'), change.people);
  return callFact(status, person, ':accepted', change);
}

function callFact(json: Json, contact: Person, suffix: string, change: Change): Finding {
  const id = filled(json['id']);
  if (id === undefined) return { reason: 'A call has no id.' };
  if (!isKnown(contact)) return { reason: `Call ${id} names no contact.` };
  return compact({
    kind: 'call' as const,
    accountId: change.accountId,
    dedupeKey: `call:${id}${suffix}`,
    at: unixTime(json['timestamp']),
    raw: json,
    contact,
  });
}

/** Meta's own example names our number as the caller of a contact's call. */
function caller(call: Json, { value, people }: Change): Person {
  const ours = digits(object(value['metadata'])?.['display_phone_number']);
  const isOurs = ours !== '' && digits(call['from']) === ours;
  return personOf(isOurs ? side(call, 'to', 'to') : side(call, 'from', 'from'), people);
}

function side(json: Json, id: string, prefix: string): Ids {
  return {
    id: filled(json[id]),
    userId: filled(json[`${prefix}_user_id`]),
    parentUserId: filled(json[`${prefix}_parent_user_id`]),
  };
}

function digits(value: unknown): string {
  return (text(value) ?? '').replace(/\D/g, '');
}

function passed({ accountId }: Change, event: string): Finding {
  return { accountId, about: 'calls', text: `Call: ${cut(event, 40).toLowerCase()}.` };
}
