import type { DeliveryStatus } from '../../event/event.ts';
import { type Finding, sorted } from '../finding.ts';
import { fingerprint } from '../fingerprint.ts';
import { phone } from '../phone.ts';
import type { Notice, Parsed, Person, Problem, ProviderFact, WebhookRequest } from '../provider.ts';
import { readTime } from '../read-time.ts';
import { compact, filled, object } from '../read.ts';
import { readContent } from './content.ts';
import { type Fields, readFields } from './fields.ts';
import { bareId } from './message-id.ts';

const statuses: ReadonlyMap<string, DeliveryStatus> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'played'],
  ['failed', 'failed'],
  ['not-sent', 'failed'],
  ['0', 'failed'],
]);

/**
 * Reads one callback, which holds the variables that the operator has put into the callback profile
 * (Kaleyra: "Create Callback Profile for Incoming / Outgoing WhatsApp Messages"). Never throws.
 */
export function parse(request: WebhookRequest): Parsed {
  const fields = readFields(request);
  if (typeof fields === 'string') return sorted([{ reason: fields }]);
  return sorted([readCallback(fields, request.method)]);
}

function readCallback(fields: Fields, method: string): Finding {
  const messageId = fields.get('id');
  const status = fields.get('status');
  if (messageId !== undefined && status !== undefined) {
    return delivery(bareId(messageId), status.toLowerCase(), fields);
  }
  if (fields.get('from') !== undefined) return incoming(fields);
  const event = fields.get('event');
  if (event !== undefined) return { about: event, text: fields.get('reason') ?? event };
  // Somebody looks whether there is anything at the address.
  if (method === 'GET' && Object.keys(fields.raw).length === 0) {
    return { about: 'empty callback', text: 'A callback without any variable came.' };
  }
  return { reason: 'The callback names no sender ("from") and no message ("id" with "status").' };
}

/**
 * Kaleyra gives an incoming message no id: who, when and what are taken together for one, so that a
 * callback that comes again is known. The same words twice within a second count as one.
 */
function incoming(fields: Fields): ProviderFact | Problem {
  const contact = person(fields.get('from'), fields.words('name'));
  const createdAt = fields.get('created_at');
  const told = filled(object(fields.json('message'))?.['id']);
  if (told === undefined && createdAt === undefined) {
    return { reason: 'A message has no "created_at": the callback profile has to list it.' };
  }
  const content = readContent(fields);
  const who = contact.phone ?? contact.userId ?? '';
  const id = told ?? `${who.replace('+', '')}-${createdAt}-${fingerprint(JSON.stringify(content))}`;
  return compact({
    kind: 'message' as const,
    accountId: ourNumber(fields.get('wanumber')),
    dedupeKey: `message:${id}`,
    at: readTime(createdAt),
    raw: fields.raw,
    contact,
    message: { id, verb: 'incoming' as const, ...content },
  });
}

function delivery(messageId: string, word: string, fields: Fields): ProviderFact | Notice {
  const accountId = ourNumber(fields.get('phone_number') ?? fields.get('wanumber'));
  const status = statuses.get(word);
  if (!status) return { accountId, about: 'status', text: `Message ${messageId} is ${word}.` };
  const isFailed = status === 'failed';
  return compact({
    kind: 'delivery' as const,
    accountId,
    dedupeKey: `status:${messageId}:${status}`,
    at: readTime(fields.get('timestamp')),
    raw: fields.raw,
    contact: person(fields.get('mobile'), undefined),
    messageId,
    delivery: compact({
      status,
      errorCode: isFailed ? fields.get('error_code') : undefined,
      errorText: isFailed ? fields.get('error') : undefined,
    }),
    reference: fields.get('ref'),
  });
}

function ourNumber(told: string | undefined): string {
  return phone(told) ?? told ?? '';
}

/** What is no phone number where one is expected is a user id, and stays whole. */
function person(id: string | undefined, name: string | undefined): Person {
  const number = phone(id);
  return compact({ phone: number, userId: number === undefined ? id : undefined, name });
}
