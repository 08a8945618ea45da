import type { DeliveryStatus } from '../../event/event.ts';
import { type Finding, sorted } from '../finding.ts';
import { readQuery } from '../form.ts';
import type { Notice, Parsed, Problem, ProviderFact, WebhookRequest } from '../provider.ts';
import { readTime } from '../read-time.ts';
import { compact, filled } from '../read.ts';
import { personAt, senderAddress, whatsAppAddress } from './address.ts';
import { readContent } from './content.ts';
import { type Entry, readEntries } from './entries.ts';
import { explain } from './error-codes.ts';

type Fields = Entry['fields'];

/**
 * The parameters of a status callback's URL that carry our own name for the send and our number: the
 * callback itself may leave away whom the message is from.
 */
export const callbackParameters = { reference: 'sendReference', sender: 'sendFrom' } as const;

interface Callback {
  readonly reference?: string;
  readonly sender?: string;
}

const statuses: ReadonlyMap<string, DeliveryStatus> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'played'],
  ['failed', 'failed'],
  ['undelivered', 'failed'],
]);

/** On the way out; each send goes through some of these. */
const underWay = new Set(['accepted', 'scheduled', 'queued', 'sending']);

/**
 * Reads an incoming message or the status of one of ours; a batch of Event Streams has many of these.
 * Never throws.
 */
export function parse(request: WebhookRequest): Parsed {
  const entries = readEntries(request);
  if (typeof entries === 'string') return sorted([{ reason: entries }]);
  const callback = callbackOf(request.url);
  return sorted(entries.flatMap((entry) => readEntry(entry, callback) ?? []));
}

function readEntry(entry: Entry, callback: Callback): Finding | undefined {
  const { fields } = entry;
  const id = fields.get('MessageSid') ?? fields.get('SmsSid') ?? fields.get('SmsMessageSid');
  const status = (fields.get('MessageStatus') ?? fields.get('SmsStatus'))?.toLowerCase();
  if (id === undefined) return otherEvent(fields);
  const addresses = ['From', 'To'].flatMap((name) => fields.get(name) ?? []);
  const isAnonymous = addresses.length === 0 && fields.has('MessageStatus');
  if (!isAnonymous && !addresses.some(whatsAppAddress)) return otherChannel(addresses, id);
  const isIncoming =
    status === undefined ? hasContent(fields) : ['received', 'receiving'].includes(status);
  if (isIncoming) return isStreamed(fields) ? told(fields, id) : incoming(entry, id);
  if (status !== undefined) return delivery(entry, id, status, callback);
  return { reason: `Message ${id} has neither a status nor a content.` };
}

/** A status callback never has these, whatever else Twilio may add to it. */
function hasContent(fields: Fields): boolean {
  return ['Body', 'NumMedia', 'MessageType'].some((name) => fields.has(name));
}

function isStreamed(fields: Fields): boolean {
  return fields.get('EventType')?.startsWith('com.twilio.') ?? false;
}

/**
 * Of an incoming message Event Streams knows neither files, button, place nor name. Taken for the
 * message it would shut out the webhook's copy, which has them, whenever that one is the second.
 */
function told(fields: Fields, id: string): Notice {
  return {
    accountId: accountAt(fields.get('To')),
    about: 'event stream',
    text: `Event Streams told of message ${id}; it is read where the webhook for incoming messages brings it.`,
  };
}

/** Conversations ("onMessageAdded") and Event Streams post to whatever URL they are given. */
function otherEvent(fields: Fields): Problem | Notice {
  const about = fields.get('EventType');
  if (about === undefined || !/^(on[A-Z]|com\.twilio\.)/.test(about)) {
    return { reason: 'The request has no MessageSid.' };
  }
  return { about, text: `Twilio told of "${about}", which is no message.` };
}

function otherChannel(addresses: readonly string[], id: string): Notice | Problem {
  if (addresses.length === 0) return { reason: `Message ${id} has neither From nor To.` };
  return {
    about: 'another channel',
    text: `Message ${id} did not come through WhatsApp; only its messages are read.`,
  };
}

function incoming({ fields, raw }: Entry, id: string): ProviderFact | Problem {
  const to = whatsAppAddress(fields.get('To'));
  if (to === undefined)
    return { reason: `Message ${id} does not say for which number it is (To).` };
  const contact = compact({
    ...personAt(
      whatsAppAddress(fields.get('From')),
      whatsAppAddress(fields.get('ExternalUserId')),
      fields.get('WaId'),
    ),
    name: fields.get('ProfileName'),
  });
  if (contact.phone === undefined && contact.userId === undefined) {
    return { reason: `Message ${id} names no contact (From).` };
  }
  return compact({
    kind: 'message' as const,
    accountId: senderAddress(to),
    dedupeKey: `message:${id}`,
    raw,
    contact,
    message: { ...readContent(fields), id, verb: 'incoming' as const },
  });
}

/** Some callbacks leave From or To away: the send then tells our number, and the message its contact. */
function delivery(
  { fields, raw }: Entry,
  id: string,
  name: string,
  asked: Callback,
): ProviderFact | Notice | undefined {
  if (underWay.has(name)) return undefined;
  const own = { ...callbackOf(fields.get('StatusCallBackUrl') ?? ''), ...asked };
  const accountId = accountAt(fields.get('From')) || (own.sender ?? '');
  const status = statuses.get(name);
  if (status === undefined) {
    const text = `Message ${id} has the status "${name}", which says nothing about its delivery.`;
    return { accountId, about: `status ${name}`, text };
  }
  const errorCode = fields.get('ErrorCode');
  return compact({
    kind: 'delivery' as const,
    accountId,
    dedupeKey: `status:${id}:${status}`,
    // Only Event Streams tells the time.
    at: readTime(fields.get('Timestamp')),
    raw,
    contact: personAt(
      whatsAppAddress(fields.get('To')),
      whatsAppAddress(fields.get('ExternalUserId')),
    ),
    messageId: id,
    delivery: compact({
      status,
      errorCode,
      errorText:
        fields.get('ChannelStatusMessage') ?? fields.get('ErrorMessage') ?? explain(errorCode),
    }),
    reference: own.reference,
  });
}

function accountAt(address: string | undefined): string {
  const number = whatsAppAddress(address);
  return number === undefined ? '' : senderAddress(number);
}

function callbackOf(url: string): Callback {
  const query = readQuery(url);
  if (typeof query === 'string') return {};
  const find = (wanted: string) => filled(query.find(([name]) => name === wanted)?.[1]);
  const sender = find(callbackParameters.sender);
  return compact({
    reference: find(callbackParameters.reference),
    sender: sender === undefined ? undefined : senderAddress(sender),
  });
}
