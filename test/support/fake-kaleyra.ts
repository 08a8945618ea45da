/** Kaleyra's messages API v1 (developers.kaleyra.io: WhatsApp; 2026). */
import { type ApiCall, type ApiReply, type FakeApi, startFakeApi } from './fake-api.ts';

export const kaleyraSid = 'HXAP1234567890IN';
export const kaleyraKey = 'key-of-the-fake';

export function startFakeKaleyra(): Promise<FakeApi> {
  return startFakeApi({ isSend: ({ path }) => path.endsWith('/messages'), answer });
}

export function kaleyraError(code: string, status: number, words: object): ApiReply {
  return { status, body: { code, message: 'The fake says no.', error: words } };
}

function answer(call: ApiCall, place: number): ApiReply {
  if (call.path !== `/v1/${kaleyraSid}/messages`) return kaleyraError('RBC002', 404, {});
  if (call.headers['api-key'] !== kaleyraKey) return kaleyraError('RBC001', 401, {});
  const { form } = call;
  const to = form.get('to') ?? '';
  if (to === '') return kaleyraError('E412', 400, { to: 'to is required' });
  if (form.get('channel') !== 'whatsapp') return kaleyraError('E412', 400, { channel: 'unknown' });
  const body = {
    id: `request-${place}`,
    type: form.get('type'),
    channel: 'whatsapp',
    data: [{ message_id: `fake-${place}:0`, recipient: to.replace('+', '') }],
    totalCount: '1',
    error: {},
  };
  return { status: 202, body };
}
