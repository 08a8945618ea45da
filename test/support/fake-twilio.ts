/** Twilio's Messages resource (twilio.com/docs/messaging/api/message-resource; 2026). */
import { type ApiCall, type ApiReply, type FakeApi, startFakeApi } from './fake-api.ts';

export const twilioSid = `AC${'0'.repeat(32)}`;
export const twilioToken = 'token-of-the-fake';

export function startFakeTwilio(): Promise<FakeApi> {
  return startFakeApi({ isSend: ({ path }) => path.endsWith('/Messages.json'), answer });
}

export function twilioError(code: number, status = 400): ApiReply {
  const message = 'The fake says no.';
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  return { status, body: { code, message, more_info, status } };
}

function answer(call: ApiCall, place: number): ApiReply {
  const pair = Buffer.from(`${twilioSid}:${twilioToken}`).toString('base64');
  if (call.headers['authorization'] !== `Basic ${pair}`) return twilioError(20003, 401);
  const account = `/2010-04-01/Accounts/${twilioSid}`;
  if (call.path === `${account}.json`) {
    return { body: { sid: twilioSid, friendly_name: 'Shop', status: 'active', type: 'Full' } };
  }
  if (call.path !== `${account}/Messages.json`) return twilioError(20404, 404);
  return take(call.form, place);
}

function take(form: URLSearchParams, place: number): ApiReply {
  const [to, from] = [form.get('To') ?? '', form.get('From') ?? ''];
  if (!to.startsWith('whatsapp:')) return twilioError(21211);
  if (!from.startsWith('whatsapp:') && !form.has('MessagingServiceSid')) return twilioError(21603);
  const hasContent = ['Body', 'MediaUrl', 'ContentSid'].some((name) => form.has(name));
  if (!hasContent) return twilioError(21619);
  const body = {
    sid: `SM${String(place).padStart(32, '0')}`,
    account_sid: twilioSid,
    status: 'queued',
    to,
    from,
    body: form.get('Body') ?? '',
    num_media: form.has('MediaUrl') ? '1' : '0',
    error_code: null,
    error_message: null,
  };
  return { status: 201, body };
}
