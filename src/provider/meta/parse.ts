import type { Contact, DeliveryStatus } from '../../event/event.ts';
import type { Parsed, Problem, ProviderFact, WebhookRequest } from '../provider.ts';
import { phone } from '../phone.ts';
import { compact, filled, type Json, object, objects, text, unixTime } from '../read.ts';
import { refuseJson } from '../scan-json.ts';
import { readMessage } from './message.ts';

type Person = Omit<Contact, 'id'>;

const deliveryStatuses: ReadonlySet<string> = new Set([
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
] satisfies DeliveryStatus[]);

/** Fields of a change that carry messages or statuses; others say something about the account only. */
const liveFields = new Set(['messages', 'smb_message_echoes']);

/**
 * Reads `{entry: [{id, changes: [{field, value}]}]}` (Meta: webhooks/reference): every entry, every
 * change and every array of it, since one request may batch up to 1,000 updates. Never throws.
 */
export function parse(request: WebhookRequest): Parsed {
  const body = readBody(request.body);
  if (typeof body === 'string') return { facts: [], problems: [{ reason: body }] };
  if (!Array.isArray(body['entry'])) {
    return { facts: [], problems: [{ reason: 'The body has no "entry" array.' }] };
  }
  const facts: ProviderFact[] = [];
  const problems: Problem[] = [];
  for (const entry of body['entry'] as unknown[]) {
    const changes = object(entry)?.['changes'];
    if (!Array.isArray(changes)) problems.push({ reason: 'An entry has no "changes" array.' });
    for (const change of objects(changes)) {
      if (liveFields.has(text(change['field']) ?? '')) readChange(change, facts, problems);
    }
  }
  return { facts, problems };
}

function readBody(body: Uint8Array): Json | string {
  const refused = refuseJson(body);
  if (refused !== undefined) return refused;
  try {
    const parsed = object(JSON.parse(new TextDecoder().decode(body)));
    return parsed ?? 'The body is no JSON object.';
  } catch {
    return 'The body is no JSON.';
  }
}

function readChange(change: Json, facts: ProviderFact[], problems: Problem[]): void {
  const value = object(change['value']);
  const accountId = filled(object(value?.['metadata'])?.['phone_number_id']);
  if (!value || accountId === undefined) {
    problems.push({ reason: 'A change has no value.metadata.phone_number_id.' });
    return;
  }
  const people = readPeople(value);
  const keep = (fact: ProviderFact | string | undefined): void => {
    if (typeof fact === 'string') problems.push({ reason: fact });
    else if (fact) facts.push(fact);
  };
  for (const message of objects(value['messages'])) keep(incoming(message, accountId, people));
  for (const message of objects(value['message_echoes'])) keep(echo(message, accountId, people));
  for (const status of objects(value['statuses'])) keep(delivery(status, accountId, people));
}

/** `contacts` belongs to the messages by wa_id or user_id, never by position. */
function readPeople(value: Json): Map<string, Person> {
  const people = new Map<string, Person>();
  for (const contact of objects(value['contacts'])) {
    const profile = object(contact['profile']);
    const person = compact({
      phone: phone(text(contact['wa_id'])),
      userId: filled(contact['user_id']),
      username: filled(profile?.['username'])?.replace(/^@/, ''),
      name: filled(profile?.['name']),
    });
    for (const id of [filled(contact['wa_id']), person.userId]) if (id) people.set(id, person);
  }
  return people;
}

/**
 * A user id may stand where a phone number is expected: it is one only when it looks like one, and
 * is never stripped to its digits.
 */
function person(id: string | undefined, userId: string | undefined, people: Map<string, Person>) {
  const known = people.get(id ?? '') ?? people.get(userId ?? '');
  const number = phone(id);
  return compact({
    ...known,
    phone: number ?? known?.phone,
    userId: userId ?? known?.userId ?? (number === undefined ? id : undefined),
  });
}

function incoming(message: Json, accountId: string, people: Map<string, Person>) {
  const from = person(filled(message['from']), filled(message['from_user_id']), people);
  return messageFact(message, accountId, from, 'incoming');
}

/** What one of our people wrote in the WhatsApp Business app on the same number. */
function echo(message: Json, accountId: string, people: Map<string, Person>) {
  const to = person(filled(message['to']), filled(message['to_user_id']), people);
  return messageFact(message, accountId, to, 'outgoing');
}

function messageFact(
  message: Json,
  accountId: string,
  contact: Person,
  verb: 'incoming' | 'outgoing',
): ProviderFact | string {
  const id = filled(message['id']);
  if (id === undefined) return 'A message has no id.';
  if (contact.phone === undefined && contact.userId === undefined) {
    return `Message ${id} names no contact.`;
  }
  return compact({
    kind: 'message' as const,
    accountId,
    dedupeKey: `message:${id}`,
    at: unixTime(message['timestamp']),
    raw: message,
    contact,
    message: { ...readMessage(message, id), verb },
  });
}

/** Undefined for a status beyond the five of an event ("deleted", "warning"): nothing waits for it. */
function delivery(
  status: Json,
  accountId: string,
  people: Map<string, Person>,
): ProviderFact | string | undefined {
  const messageId = filled(status['id']);
  const name = filled(status['status']);
  if (messageId === undefined || name === undefined) return 'A status has no id or no status.';
  if (!deliveryStatuses.has(name)) return undefined;
  const contact = person(
    filled(status['recipient_id']),
    filled(status['recipient_user_id']) ?? filled(status['user_id']),
    people,
  );
  const error = objects(status['errors'])[0];
  const details = filled(object(error?.['error_data'])?.['details']);
  return compact({
    kind: 'delivery' as const,
    accountId,
    dedupeKey: `status:${messageId}:${name}:${filled(status['recipient_participant_id']) ?? ''}`,
    at: unixTime(status['timestamp']),
    raw: status,
    contact,
    messageId,
    delivery: compact({
      status: name as DeliveryStatus,
      errorCode: filled(error?.['code']),
      errorText: details ?? filled(error?.['message']) ?? filled(error?.['title']),
    }),
  });
}
