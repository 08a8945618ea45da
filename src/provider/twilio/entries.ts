import { type FormFields, readForm, readQuery } from '../form.ts';
import { readAnyJson } from '../json-body.ts';
import type { WebhookRequest } from '../provider.ts';
import { type Json, object, text } from '../read.ts';
import { isForm } from './verify.ts';

/** One event of a request: its fields by Twilio's names ("MessageSid"), without empty ones. */
export interface Entry {
  readonly fields: ReadonlyMap<string, string>;
  /** What Twilio sent, for those who want it raw. */
  readonly raw: unknown;
}

const messaging = 'com.twilio.messaging.';

/** The events of a form, of a GET's query or of a JSON body, or why there are none to be read. */
export function readEntries(request: WebhookRequest): readonly Entry[] | string {
  if (request.method === 'GET') return fromForm(readQuery(request.url));
  if (isForm(request)) return fromForm(readForm(request.body));
  const body = readAnyJson(request.body);
  if (typeof body === 'string') return body;
  const events = Array.isArray(body.value) ? body.value : [body.value];
  if (events.length === 0 || !events.every((event) => object(event) !== undefined)) {
    return 'The JSON is neither an object nor an array of objects.';
  }
  return events.map(fromJson);
}

function fromForm(pairs: FormFields | string): readonly Entry[] | string {
  if (typeof pairs === 'string') return pairs;
  return [{ fields: fieldsOf(pairs), raw: Object.fromEntries(pairs) }];
}

/**
 * An event of Event Streams holds under `data` some of what a form holds, with a small first letter,
 * and tells what happened by its `type`; any other object has the fields of a form itself.
 */
function fromJson(event: Json): Entry {
  const type = text(event['type']) ?? '';
  const data = object(event['data']);
  if (text(event['specversion']) === undefined || !data) {
    return { fields: fieldsOf(Object.entries(event)), raw: event };
  }
  const happened = type.startsWith(messaging) ? type.slice(type.lastIndexOf('.') + 1) : '';
  const named = Object.entries(data).map(([name, value]) => [capital(name), value] as const);
  return { fields: fieldsOf([...named, ['SmsStatus', happened], ['EventType', type]]), raw: event };
}

function fieldsOf(pairs: readonly (readonly [string, unknown])[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [name, given] of pairs) {
    const value = text(typeof given === 'boolean' ? String(given) : given);
    if (value && !fields.has(name)) fields.set(name, value);
  }
  return fields;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
