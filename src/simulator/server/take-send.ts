import type { ApiAnswer, ApiRequest, Recipient } from '../../provider/sender.ts';
import { compact, filled, type Json, object } from '../../provider/read.ts';

/** A message that the simulated phone network has taken. */
export interface TakenSend {
  readonly id: string;
  readonly to: Recipient;
  readonly reference?: string;
}

/** WhatsApp's own limit for a text. */
const maxText = 4_096;

/**
 * Answers `POST …/messages` as Meta's Graph API would (messages/send-messages; 2026): the message's
 * new id, or error 100 with the parameter that is wrong.
 */
export function takeSend(
  request: ApiRequest,
  newId: () => string,
): { readonly answer: ApiAnswer; readonly taken?: TakenSend } {
  const body = jsonOf(request.body);
  const wrong = flawOf(body);
  if (wrong !== undefined) return { answer: refusal(wrong) };
  const id = newId();
  const to: Recipient = compact({ phone: filled(body['to']), userId: filled(body['recipient']) });
  const reference = filled(body['biz_opaque_callback_data']);
  const input = to.phone ?? to.userId;
  const contact =
    to.phone === undefined ? { user_id: input } : { wa_id: to.phone.replace('+', '') };
  const answer = json(200, {
    messaging_product: 'whatsapp',
    contacts: [{ input, ...contact }],
    messages: [{ id, message_status: 'accepted' }],
  });
  return { answer, taken: compact({ id, to, reference }) };
}

function jsonOf(body: string): Json {
  try {
    return object(JSON.parse(body)) ?? {};
  } catch {
    return {};
  }
}

function flawOf(body: Json): string | undefined {
  if (body['messaging_product'] !== 'whatsapp') return 'messaging_product';
  if (filled(body['to']) === undefined && filled(body['recipient']) === undefined) return 'to';
  const type = filled(body['type']) ?? 'text';
  const content = object(body[type]);
  if (!content) return type;
  if (type !== 'text') return undefined;
  const text = filled(content['body'])?.trim() ?? '';
  return text === '' || text.length > maxText ? "text['body']" : undefined;
}

function refusal(parameter: string): ApiAnswer {
  const details = `The parameter ${parameter} is missing or not valid.`;
  const error = { message: `(#100) ${details}`, type: 'OAuthException', code: 100 };
  return json(400, { error: { ...error, error_data: { details } } });
}

function json(status: number, body: object): ApiAnswer {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers, body: JSON.stringify(body) };
}
