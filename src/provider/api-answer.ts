import { readJson } from './json-body.ts';
import type { Json } from './read.ts';
import type { ApiAnswer } from './sender.ts';

const encoder = new TextEncoder();

/** The JSON object of a provider's answer; of anything else an empty one. */
export function bodyOf({ body }: ApiAnswer): Json {
  const json = readJson(encoder.encode(body));
  return typeof json === 'string' ? {} : json;
}

export function isSuccess({ status }: ApiAnswer): boolean {
  return status >= 200 && status < 300;
}
