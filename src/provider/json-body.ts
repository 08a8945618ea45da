import { type Json, object } from './read.ts';
import { refuseJson } from './scan-json.ts';

const decoder = new TextDecoder();

/**
 * An integer outside of a string that may be too long to be exact. Asked first, since a body is read
 * several times faster without a reviver.
 */
const longNumber = /(?:^|[[:,\s])-?\d{16}/;

/** An id of 64 bits as the text that stands in the body: as a number it would be its neighbour's too. */
function wholeIds(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const digits = context?.source ?? '';
  return /^-?\d+$/.test(digits) ? digits : value;
}

/** The JSON object that a webhook's body is, or why it is none. */
export function readJson(body: Uint8Array): Json | string {
  const read = readAnyJson(body);
  return typeof read === 'string' ? read : (object(read.value) ?? 'The body is no JSON object.');
}

/** The value of a JSON body, whatever it is, or why the body cannot be read. */
export function readAnyJson(body: Uint8Array): { readonly value: unknown } | string {
  const refused = refuseJson(body);
  if (refused !== undefined) return refused;
  const json = decoder.decode(body);
  try {
    return { value: JSON.parse(json, longNumber.test(json) ? wholeIds : undefined) };
  } catch {
    return 'The body is no JSON.';
  }
}
