import { type Json, object } from './read.ts';
import { refuseJson } from './scan-json.ts';

const decoder = new TextDecoder();

/** The JSON object that a webhook's body is, or why it is none. */
export function readJson(body: Uint8Array): Json | string {
  const read = readAnyJson(body);
  return typeof read === 'string' ? read : (object(read.value) ?? 'The body is no JSON object.');
}

/** The value of a JSON body, whatever it is, or why the body cannot be read. */
export function readAnyJson(body: Uint8Array): { readonly value: unknown } | string {
  const refused = refuseJson(body);
  if (refused !== undefined) return refused;
  try {
    return { value: JSON.parse(decoder.decode(body)) };
  } catch {
    return 'The body is no JSON.';
  }
}
