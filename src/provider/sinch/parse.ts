import { type Finding, sorted } from '../finding.ts';
import { readJson } from '../json-body.ts';
import type { Parsed, WebhookRequest } from '../provider.ts';
import { readTime } from '../read-time.ts';
import { compact, filled, type Json, object, text } from '../read.ts';
import { type Callback, notRead, type Read } from './callback.ts';
import { contactChanged, contactsMerged, stopped } from './read-contact.ts';
import { delivery } from './read-delivery.ts';
import { channelEvent, incoming, submitted } from './read-message.ts';

/** A callback tells its trigger by the key under which the event is. */
const readers: ReadonlyMap<string, (event: Json, callback: Callback) => Read> = new Map([
  ['message', incoming],
  ['message_submit_notification', submitted],
  ['message_delivery_report', delivery],
  ['event', channelEvent],
  ['conversation_stop_notification', stopped],
  ['contact_create_notification', contactChanged],
  ['contact_update_notification', contactChanged],
  ['contact_merge_notification', contactsMerged],
]);

/** What stands beside the event in every callback. */
const envelope = new Set([
  'app_id',
  'project_id',
  'accepted_time',
  'event_time',
  'message_metadata',
  'channel_metadata',
  'correlation_id',
  'trigger',
]);

/** Reads one callback of the Conversation API (Sinch: callbacks, "Callback format"). Never throws. */
export function parse(request: WebhookRequest): Parsed {
  const body = readJson(request.body);
  return sorted([typeof body === 'string' ? { reason: body } : readCallback(body)]);
}

function readCallback(body: Json): Finding {
  const keys = Object.keys(body).filter((key) => !envelope.has(key));
  const about = keys.find((key) => readers.has(key)) ?? keys[0];
  if (about === undefined) return { reason: 'The callback holds no event.' };
  const accountId = filled(body['app_id']);
  const read = readEvent(about, body, accountId ?? '');
  if ('problem' in read) return { reason: read.problem };
  if ('notice' in read) {
    return compact({ accountId, about: text(about) ?? '', text: read.notice });
  }
  return accountId === undefined ? { reason: 'The callback has no app_id.' } : read;
}

function readEvent(about: string, body: Json, accountId: string): Read {
  const read = readers.get(about);
  const event = object(body[about]);
  if (!read) return told(event);
  if (!event) return { problem: 'The event is no object.' };
  const times = [body['event_time'], event['accept_time'], body['accepted_time']];
  const at = times.map((time) => readTime(filled(time))).find((time) => time !== undefined);
  return read(event, compact({ accountId, at, raw: body }));
}

/** What an event that no flow is told of says about itself: a new quality rating, say. */
function told(event: Json | undefined): Read {
  const inner = object(event?.['channel_event']) ?? event;
  const words = filled(inner?.['event_type']) ?? filled(inner?.['payload']);
  return { notice: (words ?? notRead).slice(0, 500).toWellFormed() };
}
