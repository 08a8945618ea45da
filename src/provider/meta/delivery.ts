import type { DeliveryStatus } from '../../event/event.ts';
import type { Finding } from '../finding.ts';
import type { Person } from '../provider.ts';
import { compact, filled, type Json, object, objects, unixTime } from '../read.ts';
import { type Change, cut } from './finding.ts';
import { personOf } from './people.ts';

const deliveryStatuses: ReadonlySet<string> = new Set([
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
] satisfies DeliveryStatus[]);

/** A status beyond the five of an event ("deleted", "warning") is noticed: nothing waits for it. */
export function readStatus(status: Json, change: Change): Finding {
  const { accountId, field } = change;
  const messageId = filled(status['id']);
  const name = filled(status['status']);
  if (messageId === undefined || name === undefined) {
    return { reason: 'A status has no id or no status.' };
  }
  if (!deliveryStatuses.has(name)) {
    const words = `A delivery status "${cut(name, 40)}" was passed over.`;
    return { accountId, about: field, text: words };
  }
  const participant = filled(status['recipient_participant_id']);
  return compact({
    kind: 'delivery' as const,
    accountId,
    dedupeKey: ['status', messageId, name, ...(participant ? [participant] : [])].join(':'),
    at: unixTime(status['timestamp']),
    raw: status,
    contact: recipient(status, change),
    messageId,
    reference: filled(status['biz_opaque_callback_data']),
    delivery: compact({
      status: name as DeliveryStatus,
      ...failure(objects(status['errors'])[0]),
    }),
  });
}

/**
 * `recipient_id` is a group's id when the message went to a group, and may be absent when the contact
 * hides the number. Meta's pages disagree on the name of the parent id.
 */
function recipient(status: Json, { people }: Change): Person {
  const inGroup = status['recipient_type'] === 'group';
  const ids = {
    id: filled(status[inGroup ? 'recipient_participant_id' : 'recipient_id']),
    userId: filled(status['recipient_user_id']) ?? filled(status['user_id']),
    parentUserId:
      filled(status['recipient_parent_user_id']) ??
      filled(status['parent_recipient_user_id']) ??
      filled(status['parent_user_id']),
  };
  return personOf(ids, people);
}

/** The code and the plainest words of an error object, wherever Meta puts one. */
export function failure(error: Json | undefined) {
  const details = filled(object(error?.['error_data'])?.['details']);
  return {
    errorCode: filled(error?.['code']),
    errorText: details ?? filled(error?.['message']) ?? filled(error?.['title']),
  };
}
