import { bodyOf, isSuccess } from '../api-answer.ts';
import { filled, number, object, objects } from '../read.ts';
import type { ApiAnswer, Refused, SendResult } from '../sender.ts';
import { failure } from './delivery.ts';
import { cut } from './finding.ts';
import { identify, isKnown } from './people.ts';
import { remedyOf, wordsFor } from './remedy.ts';

/** Neither a yes nor a no of the provider's own. */
export interface NoAnswer {
  readonly unknown: string;
}

/** What an answer to `/messages` says: only the id of a message is a yes. */
export function readSendAnswer(
  answer: ApiAnswer,
  otherwise: (answer: ApiAnswer) => Refused | NoAnswer,
): SendResult {
  if (!isSuccess(answer)) return readRefusal(answer) ?? otherwise(answer);
  const message = objects(bodyOf(answer)['messages'])[0];
  const id = filled(message?.['id']);
  if (id === undefined) return { unknown: 'The answer names no message.' };
  const status = filled(message?.['message_status']) ?? 'accepted';
  const [contact] = objects(bodyOf(answer)['contacts']);
  const reached = identify({
    id: filled(contact?.['wa_id']),
    userId: filled(contact?.['user_id']),
    parentUserId: filled(contact?.['parent_user_id']),
  });
  return { id, status, ...(isKnown(reached) ? { reached } : {}) };
}

/** The error in Meta's form, if there is one. */
export function readRefusal(answer: ApiAnswer): Refused | undefined {
  const error = object(bodyOf(answer)['error']);
  const code = number(error?.['code']);
  if (!error || code === undefined) return undefined;
  const subcode = number(error['error_subcode']);
  return {
    remedy: remedyOf(code, subcode, error['is_transient'] === true),
    code: String(code),
    text: wordsFor(code, subcode) ?? plain(failure(error).errorText ?? `Error ${code}.`),
  };
}

/** What an answer without words of the provider says by its status alone. */
export function readStatusOnly({ status }: ApiAnswer): Refused | NoAnswer {
  const code = `HTTP ${status}`;
  if (status === 429) return { remedy: 'retry', code, text: 'Too many requests.' };
  if (status === 401 || status === 403) {
    return { remedy: 'account', code, text: 'The credentials were refused.' };
  }
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) {
    const text = `The provider is not at this API address (${code}): check it and its version.`;
    return { remedy: 'account', code, text };
  }
  if (status === 408 || status < 400 || status >= 500) {
    return { unknown: `The answer was ${code}.` };
  }
  return { remedy: 'fault', code, text: `The request was refused with ${code}.` };
}

/** A provider's words, short and without secrets: Meta repeats a malformed access token in them. */
export function plain(words: string): string {
  return cut(words.replace(/\bEA[\w-]{20,}/g, '…').replace(/[\w-]{80,}/g, '…'));
}
