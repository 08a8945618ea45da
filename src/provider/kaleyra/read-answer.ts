import { bodyOf, isSuccess, reasonOf, remedyByStatus } from '../api-answer.ts';
import { filled, type Json, object, objects } from '../read.ts';
import type { ApiAnswer, Refused, Remedy, SendResult } from '../sender.ts';
import { bareId } from './message-id.ts';

/** Kaleyra's own codes, and those of WhatsApp that it passes on ("WhatsApp error codes", V1 and V2). */
const byCode: ReadonlyMap<string, Remedy> = new Map([
  ['RBC001', 'account'],
  ['E110', 'account'],
  ['WAV2101', 'account'],
  ['WA401', 'account'],
  ['131047', 'window'],
  ['131056', 'contact'],
  ['130429', 'retry'],
]);

const hints: ReadonlyMap<string, string> = new Map([
  ['RBC001', 'the SID or the API key is wrong'],
  ['E110', 'the balance is used up'],
  ['WAV2101', 'the daily limit of the account is reached'],
  ['401', 'the API key was refused'],
  ['403', 'the API key was refused, or this address is not on its list'],
  ['404', 'there is no such account here; check the SID and the API URL'],
]);

export function readAnswer(answer: ApiAnswer): SendResult {
  const { status } = answer;
  const body = bodyOf(answer);
  const [sent] = objects(body['data']);
  const error = errorOf(body);
  // A refused message has an id of its request as well.
  const id = filled(sent?.['message_id']) ?? (error === undefined ? filled(body['id']) : undefined);
  if (isSuccess(answer) && id !== undefined) return { id: bareId(id), status: 'accepted' };
  const saysNo = byCode.has(codeOf(answer, body)) || (status < 500 && error !== undefined);
  const isUnclear = isSuccess(answer) || status === 408 || (status >= 500 && status !== 503);
  return isUnclear && !saysNo
    ? { unknown: `Kaleyra answered ${status} without a message id.` }
    : refusal(answer, body);
}

/** A message to nobody: refused for the missing recipient when the key is right. */
export function readCheck(answer: ApiAnswer): { readonly ok: boolean; readonly text: string } {
  const body = bodyOf(answer);
  const { remedy, text } = refusal(answer, body);
  const isKaleyra = filled(body['code']) !== undefined || errorOf(body) !== undefined;
  return isKaleyra && remedy === 'fault' && answer.status < 500
    ? { ok: true, text: 'Kaleyra knows the SID and the API key.' }
    : { ok: false, text };
}

function refusal(answer: ApiAnswer, body: Json): Refused {
  const { status } = answer;
  const code = codeOf(answer, body);
  const words = (errorOf(body) ?? filled(body['message']))?.slice(0, 500);
  const isWindow = /24.hours?|session (has |is )?(expired|closed)/i.test(words ?? '');
  const remedy = byCode.get(code) ?? (isWindow ? 'window' : remedyByStatus(status));
  const hint = hints.get(code) ?? hints.get(String(status));
  return { remedy, code, text: `Kaleyra: ${reasonOf(hint, words, status)}` };
}

function codeOf({ status }: ApiAnswer, body: Json): string {
  return filled(body['code']) ?? String(status);
}

/** `error` is a text, or an object of a field's name and what is wrong with it; empty after a success. */
function errorOf(body: Json): string | undefined {
  const parts = Object.entries(object(body['error']) ?? {}).flatMap(([field, told]) => {
    const words = filled(told);
    return words === undefined ? [] : `${field}: ${words}`;
  });
  return filled(body['error']) ?? (parts.join(', ') || undefined);
}
