import { bodyOf, isSuccess } from '../api-answer.ts';
import { filled, type Json } from '../read.ts';
import type { ApiAnswer, Remedy, SendResult } from '../sender.ts';
import { explain, remedyFor } from './error-codes.ts';

/** `{sid, status}` of a message that was taken, or `{code, message}` (Twilio: message-resource). */
export function readAnswer(answer: ApiAnswer): SendResult {
  const body = bodyOf(answer);
  if (isSuccess(answer)) {
    const id = filled(body['sid']);
    const code = filled(body['error_code']);
    const status = filled(body['status']) ?? 'accepted';
    if (id === undefined) return { unknown: `Twilio answered ${answer.status} without a message.` };
    if (code === undefined || !['failed', 'undelivered'].includes(status)) return { id, status };
    const text = words(body['error_message'], code, answer.status);
    return { remedy: remedyFor(code) ?? 'fault', code, text };
  }
  const code = filled(body['code']);
  const remedy = remedyFor(code) ?? remedyOf(answer.status);
  if (remedy === undefined) {
    return {
      unknown: `Twilio answered ${answer.status}: ${words(body['message'], code, answer.status)}`,
    };
  }
  return {
    remedy,
    code: code ?? String(answer.status),
    text: words(body['message'], code, answer.status),
  };
}

/** Undefined where the answer does not say whether the message was taken. */
function remedyOf(status: number): Remedy | undefined {
  if (status === 429 || status === 503) return 'retry';
  if (status === 408 || status < 300 || status >= 500) return undefined;
  return status < 400 || [401, 403, 404, 407].includes(status) ? 'account' : 'fault';
}

/** The Twilio account behind the credentials; that the sender is one of its own only a send can tell. */
export function readCheck(answer: ApiAnswer): { readonly ok: boolean; readonly text: string } {
  const body = bodyOf(answer);
  const status = filled(body['status']);
  if (answer.status !== 200) return { ok: false, text: whyNot(answer, body) };
  if (filled(body['sid']) === undefined || status === undefined) {
    return { ok: false, text: 'Something answered, but not as Twilio does: check the API URL.' };
  }
  const name = filled(body['friendly_name']) ?? filled(body['sid']);
  if (status !== 'active') return { ok: false, text: `The Twilio account "${name}" is ${status}.` };
  const trial =
    body['type'] === 'Trial' ? ' It is a trial: it sends to verified numbers only.' : '';
  return { ok: true, text: `Twilio knows the account "${name}".${trial}` };
}

function whyNot(answer: ApiAnswer, body: Json): string {
  if (answer.status === 401) {
    return 'Twilio does not accept the Account SID with this Auth Token. Copy both from the start page of the console; an API key is not the same.';
  }
  if (answer.status === 404) return 'Twilio knows no such Account SID: it begins with "AC".';
  return `Twilio answered ${answer.status}: ${words(body['message'], filled(body['code']), answer.status)}`;
}

function words(message: unknown, code: string | undefined, status: number): string {
  const own = filled(message)?.slice(0, 500);
  return own ?? explain(code) ?? `no reason given (HTTP ${status}).`;
}
