import { readJson } from './json-body.ts';
import type { Json } from './read.ts';
import type { ApiAnswer, Remedy } from './sender.ts';

const encoder = new TextEncoder();

/** The JSON object of a provider's answer; of anything else an empty one. */
export function bodyOf({ body }: ApiAnswer): Json {
  const json = readJson(encoder.encode(body));
  return typeof json === 'string' ? {} : json;
}

export function isSuccess({ status }: ApiAnswer): boolean {
  return status >= 200 && status < 300;
}

const remedies: ReadonlyMap<number, Remedy> = new Map([
  [401, 'account'],
  [402, 'account'],
  [403, 'account'],
  [404, 'account'],
  [429, 'retry'],
  [503, 'retry'],
]);

/** What the status of a refusal says, where the provider's own code says nothing. */
export function remedyByStatus(status: number): Remedy {
  const isRedirect = status >= 300 && status < 400;
  return remedies.get(status) ?? (isRedirect ? 'account' : 'fault');
}

/** What a refusal is told with: our hint, the provider's words, or at least its status. */
export function reasonOf(
  hint: string | undefined,
  words: string | undefined,
  status: number,
): string {
  return [hint, words].filter(Boolean).join(': ') || `answer ${status}`;
}
