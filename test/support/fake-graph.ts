/**
 * Meta's Graph API, as far as a phone number's messages and media need it (developers.facebook.com:
 * messages/send-messages, business-phone-numbers/media; 2026).
 */
import { type ApiCall, type ApiReply, type FakeApi, startFakeApi } from './fake-api.ts';

export const graphToken = 'EAA-token-of-the-fake';
/** One pixel. */
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==',
  'base64',
);

export function startFakeGraph(): Promise<FakeApi> {
  return startFakeApi({ isSend: isMessages, answer });
}

/** An error in Meta's words. */
export function graphError(code: number, status = 400, details = 'Details of the fake.'): ApiReply {
  const error = {
    message: `(#${code}) The fake says no.`,
    type: 'OAuthException',
    code,
    error_data: { messaging_product: 'whatsapp', details },
    fbtrace_id: 'Az8or2yhqkZfEZ',
  };
  return { status, body: { error } };
}

export function isMessages({ method, path }: ApiCall): boolean {
  return method === 'POST' && path.endsWith('/messages');
}

/** The taken message, or what is wrong with it. */
export function takeMessage({ json }: ApiCall, place: number): ApiReply {
  if (json?.messaging_product !== 'whatsapp') return graphError(100, 400, 'messaging_product');
  const input: unknown = json.to ?? json.recipient;
  if (typeof input !== 'string' || input === '') return graphError(131009, 400, 'to');
  const type: string = json.type ?? 'text';
  if (typeof json[type] !== 'object') return graphError(131008, 400, type);
  const isPhone = /^\+?\d+$/.test(input);
  const who = isPhone ? { wa_id: input.replace('+', '') } : { user_id: input };
  return {
    body: {
      messaging_product: 'whatsapp',
      contacts: [{ input, ...who }],
      messages: [{ id: `wamid.fake-${place}`, message_status: 'accepted' }],
    },
  };
}

function answer(call: ApiCall, place: number): ApiReply {
  if (call.headers['authorization'] !== `Bearer ${graphToken}`) return graphError(190, 401);
  const [, version = '', id = '', rest] = call.path.split('/');
  if (!/^v\d+\.0$/.test(version)) return graphError(2500, 400);
  if (id === 'files') return { body: picture, headers: { 'content-type': 'image/png' } };
  if (rest === 'messages') return takeMessage(call, place);
  if (id === 'picture-1') return { body: describe(call) };
  return {
    body: {
      id,
      display_phone_number: '+39 02 1234567',
      verified_name: 'Shop',
      quality_rating: 'GREEN',
      status: 'CONNECTED',
    },
  };
}

function describe({ headers }: ApiCall): object {
  return {
    messaging_product: 'whatsapp',
    id: 'picture-1',
    url: `http://${String(headers['host'])}/v26.0/files/picture-1`,
    mime_type: 'image/png',
    sha256: 'ab',
    file_size: picture.length,
  };
}
