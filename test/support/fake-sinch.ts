/**
 * Sinch's Conversation API and the tokens that it asks for (developers.sinch.com: conversation,
 * messages:send; OAuth 2.0 client credentials; 2026).
 */
import { type ApiCall, type ApiReply, type FakeApi, startFakeApi } from './fake-api.ts';

export const sinchKeys = { projectId: 'project-1', keyId: 'key-1', keySecret: 'secret-1' };

export interface FakeSinch extends FakeApi {
  /** How many tokens were given out. */
  readonly tokens: number;
  /** The tokens of now are good no longer. */
  revoke(): void;
}

export async function startFakeSinch(): Promise<FakeSinch> {
  let tokens = 0;
  let valid = '';

  function answer(call: ApiCall, place: number): ApiReply {
    if (call.path === '/oauth2/token') return grant(call);
    if (call.headers['authorization'] !== `Bearer ${valid}`) return sinchError(401);
    if (call.path.endsWith('/messages:send')) return take(call, place);
    return { body: app };
  }

  function grant({ headers, form }: ApiCall): ApiReply {
    const pair = Buffer.from(`${sinchKeys.keyId}:${sinchKeys.keySecret}`).toString('base64');
    const isRight = headers['authorization'] === `Basic ${pair}`;
    if (!isRight) return { status: 401, body: { error: 'invalid_client' } };
    if (form.get('grant_type') !== 'client_credentials') return { status: 400, body: {} };
    tokens += 1;
    valid = `token-${tokens}`;
    return { body: { access_token: valid, expires_in: 3599, scope: '', token_type: 'bearer' } };
  }

  const api = await startFakeApi({
    isSend: ({ path }) => path.endsWith('/messages:send'),
    answer,
  });
  return Object.defineProperty({ ...api, revoke: () => (valid = '') }, 'tokens', {
    get: () => tokens,
  }) as unknown as FakeSinch;
}

export function sinchError(status: number, message = 'The fake says no.'): ApiReply {
  const words: Record<number, string> = { 401: 'UNAUTHENTICATED', 429: 'RESOURCE_EXHAUSTED' };
  const error = { code: status, message, status: words[status] ?? 'INVALID_ARGUMENT', details: [] };
  return { status, body: { error } };
}

const app = {
  id: 'app-1',
  display_name: 'Shop',
  processing_mode: 'CONVERSATION',
  channel_credentials: [{ channel: 'WHATSAPP', state: { status: 'ACTIVE' } }],
};

function take({ path, json }: ApiCall, place: number): ApiReply {
  if (path !== `/v1/projects/${sinchKeys.projectId}/messages:send`) return sinchError(404);
  const [identity] = json?.recipient?.identified_by?.channel_identities ?? [];
  if (!json?.app_id || identity?.channel !== 'WHATSAPP' || !identity.identity || !json.message) {
    return sinchError(400);
  }
  return { body: { message_id: `01FAKE${place}`, accepted_time: '2026-11-22T10:00:00.000Z' } };
}
