import { readForm, readQuery } from '../form.ts';
import { readAnyJson, readJson } from '../json-body.ts';
import type { WebhookRequest } from '../provider.ts';
import { filled, type Json } from '../read.ts';

/** The variables of a callback profile, by their names. */
export interface Fields {
  readonly raw: Json;
  /** A text exactly as it came. */
  exact(name: string): string | undefined;
  /** The same, but undefined for the variable itself: where people choose the words, any may stand. */
  words(name: string): string | undefined;
  /** A value without blanks around it; undefined for all that Kaleyra writes where it has none. */
  get(name: string): string | undefined;
  /** A value that is JSON, most often inside of a string. */
  json(name: string): unknown;
}

/** What stands where a variable had no value: the variable itself, or some language's word for nothing. */
const variable = /^<\w+>$/;
const nothing = /^(null|undefined|none|nil)$/i;

/** The query of the URL, and of a POST the body over it. */
export function readFields(request: WebhookRequest): Fields | string {
  const query = readQuery(request.url);
  if (typeof query === 'string') return query;
  const body = request.method === 'GET' ? {} : readBody(request);
  if (typeof body === 'string') return body;
  // The names are foreign: without a prototype none of them can be inherited.
  const raw: Json = Object.assign(Object.create(null), Object.fromEntries(query), body);
  const exact = (name: string): string | undefined => filled(raw[name]);
  const words = (name: string): string | undefined => {
    const value = exact(name);
    return value === undefined || variable.test(value.trim()) ? undefined : value;
  };
  const get = (name: string): string | undefined => {
    const value = words(name)?.trim() ?? '';
    return value === '' || nothing.test(value) ? undefined : value;
  };
  const json = (name: string): unknown =>
    typeof raw[name] === 'object' ? raw[name] : unpack(get(name));
  return { raw, exact, words, get, json };
}

function readBody(request: WebhookRequest): Json | string {
  const type = request.headers['content-type'] ?? '';
  if (!/^\s*application\/x-www-form-urlencoded/i.test(type)) return readJson(request.body);
  const form = readForm(request.body);
  return typeof form === 'string' ? form : Object.fromEntries(form);
}

function unpack(value: string | undefined): unknown {
  if (value === undefined || !/^[[{]/.test(value)) return undefined;
  const json = readAnyJson(new TextEncoder().encode(value));
  return typeof json === 'string' ? undefined : json.value;
}
