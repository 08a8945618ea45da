import { bodyOf, isSuccess, reasonOf, remedyByStatus } from '../api-answer.ts';
import { filled, type Json, object, objects } from '../read.ts';
import type { ApiAnswer, Refused, SendResult } from '../sender.ts';

/**
 * A 200 means "in the queue": what WhatsApp says comes as a delivery report. Of the errors only 429 and
 * 503 say that the message was not taken (google.rpc codes, `{error: {code, message, status}}`).
 */
export function readAnswer(answer: ApiAnswer): SendResult {
  const body = bodyOf(answer);
  const id = filled(body['message_id']);
  if (isSuccess(answer) && id !== undefined) return { id, status: 'queued' };
  if (isSuccess(answer) || isUnclear(answer.status)) {
    return { unknown: `Sinch answered ${answer.status} without a message id.` };
  }
  return refusal(answer, body);
}

function isUnclear(status: number): boolean {
  return status === 408 || (status >= 500 && status !== 501 && status !== 503);
}

const hints: ReadonlyMap<number, string> = new Map([
  [401, 'the access key was refused'],
  [403, 'the access key may not send for this project, or its limit is reached'],
  [404, 'there is no such project or app in this region; check project ID, app ID and API URL'],
]);

function refusal({ status }: ApiAnswer, body: Json): Refused {
  const error = object(body['error']);
  const words = filled(error?.['message'])?.slice(0, 500);
  const code = filled(error?.['status']) ?? String(status);
  const isWindow = /OUTSIDE_ALLOWED_SENDING_WINDOW/.test(`${words ?? ''} ${code}`);
  const remedy = isWindow ? 'window' : remedyByStatus(status);
  return { remedy, code, text: `Sinch: ${reasonOf(hints.get(status), words, status)}` };
}

/** What `GET apps/{id}` tells of the app that the account names. */
export function readCheck(answer: ApiAnswer): { readonly ok: boolean; readonly text: string } {
  const body = bodyOf(answer);
  if (!isSuccess(answer) || filled(body['id']) === undefined) {
    const told = refusal(answer, body).text;
    return { ok: false, text: isSuccess(answer) ? 'This is not the Conversation API.' : told };
  }
  const name = filled(body['display_name']) ?? filled(body['id']) ?? '';
  const channel = objects(body['channel_credentials']).find((c) => c['channel'] === 'WHATSAPP');
  if (!channel) return { ok: false, text: `The app "${name}" has no WhatsApp channel.` };
  const state = filled(object(channel['state'])?.['status']);
  if (state !== undefined && state !== 'ACTIVE') {
    return { ok: false, text: `The WhatsApp channel of the app "${name}" is ${state}.` };
  }
  const inDispatch = body['processing_mode'] === 'DISPATCH';
  const mode = inDispatch ? ' It is in dispatch mode: Sinch will never end a conversation.' : '';
  return { ok: true, text: `The app "${name}" has WhatsApp.${mode}` };
}
