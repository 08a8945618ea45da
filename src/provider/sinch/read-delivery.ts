import type { DeliveryStatus } from '../../event/event.ts';
import { compact, filled, type Json, object } from '../read.ts';
import { type Callback, channelOf, otherChannel, person, type Read } from './callback.ts';

const statuses: ReadonlyMap<string, DeliveryStatus> = new Map([
  ['QUEUED_ON_CHANNEL', 'sent'],
  ['DELIVERED', 'delivered'],
  ['READ', 'read'],
  ['FAILED', 'failed'],
]);

/** MESSAGE_DELIVERY. `metadata` is what the send gave as its `message_metadata`. */
export function delivery(report: Json, callback: Callback): Read {
  const other = otherChannel(channelOf(report));
  if (other) return other;
  const messageId = filled(report['message_id']);
  const name = filled(report['status']);
  const contact = person(report);
  if (messageId === undefined || name === undefined || !contact) {
    return { problem: 'A delivery report has no message id, status or contact.' };
  }
  const status = statuses.get(name);
  if (!status) return { notice: `Message ${messageId} is ${name}.` };
  const reason = status === 'failed' ? object(report['reason']) : undefined;
  return compact({
    kind: 'delivery' as const,
    ...callback,
    dedupeKey: `status:${messageId}:${status}`,
    contact,
    messageId,
    delivery: compact({
      status,
      errorCode: filled(reason?.['code']),
      errorText: filled(reason?.['description']),
    }),
    reference: filled(report['metadata']),
  });
}
