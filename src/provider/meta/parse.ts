import type { Finding } from '../finding.ts';
import { readJson } from '../json-body.ts';
import type { Parsed, WebhookRequest } from '../provider.ts';
import { filled, type Json, object, text } from '../read.ts';
import { readCall, readCallStatus } from './call.ts';
import { readStatus } from './delivery.ts';
import { type Change, cut, readList, sortFindings } from './finding.ts';
import { readUserIdUpdate } from './identity.ts';
import { readEcho, readIncoming } from './message-fact.ts';
import { passiveNotice, readError } from './notice.ts';
import { readPeople } from './people.ts';

/**
 * Reads `{entry: [{id, changes: [{field, value}]}]}` (Meta: webhooks/reference): every entry, every
 * change and every list of it, since one request may batch up to 1,000 updates. Never throws.
 */
export function parse(request: WebhookRequest): Parsed {
  const body = readJson(request.body);
  if (typeof body === 'string') return sortFindings([{ reason: body }]);
  return sortFindings(readEnvelope(body));
}

export function readEnvelope(body: Json): Finding[] {
  // An app may be subscribed to pages or to Instagram as well.
  const about = filled(body['object']);
  if (about !== undefined && about !== 'whatsapp_business_account') {
    const told = cut(about, 60);
    return [{ about: told, text: `A webhook about "${told}" was passed over.` }];
  }
  if (!Array.isArray(body['entry'])) return [{ reason: 'The body has no "entry" array.' }];
  return readList(body, 'entry', (entry) =>
    Array.isArray(entry['changes'])
      ? readList(entry, 'changes', readChange)
      : { reason: 'An entry has no "changes" array.' },
  );
}

function readChange(change: Json): Finding[] {
  const field = text(change['field']) ?? '';
  const value = object(change['value']);
  const accountId = filled(object(value?.['metadata'])?.['phone_number_id']);
  const read = readers.get(field);
  if (!read) return [passiveNotice(field, value ?? {}, accountId)];
  if (!value || accountId === undefined) {
    return [{ reason: `A change of "${field}" has no value.metadata.phone_number_id.` }];
  }
  const findings = read({ field, value, accountId, people: readPeople(value) });
  return findings.length > 0 ? findings : [passiveNotice(field, value, accountId)];
}

/** Messages, echoes, statuses, calls and errors may stand side by side in one value. */
function readLive(change: Change): Finding[] {
  const { value } = change;
  return [
    ...readList(value, 'messages', (message) => readIncoming(message, change)),
    ...readList(value, 'message_echoes', (echo) => readEcho(echo, change)),
    ...readList(value, 'statuses', (status) =>
      status['type'] === 'call' ? readCallStatus(status, change) : readStatus(status, change),
    ),
    ...readList(value, 'calls', (call) => readCall(call, change)),
    ...readList(value, 'errors', (error) => readError(error, change)),
  ];
}

/** The statuses of this field are of calls, whatever type they give. */
function readCalls(change: Change): Finding[] {
  const { value } = change;
  return [
    ...readList(value, 'calls', (call) => readCall(call, change)),
    ...readList(value, 'statuses', (status) => readCallStatus(status, change)),
    ...readList(value, 'errors', (error) => readError(error, change)),
  ];
}

/** The fields that carry facts; every other one says something about the account, or is passive. */
const readers: ReadonlyMap<string, (change: Change) => Finding[]> = new Map([
  ['messages', readLive],
  ['smb_message_echoes', readLive],
  ['message_echoes', readLive],
  ['calls', readCalls],
  [
    'user_id_update',
    (change) =>
      readList(change.value, 'user_id_update', (update) => readUserIdUpdate(update, change)),
  ],
]);
