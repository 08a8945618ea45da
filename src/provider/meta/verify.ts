import type { Crypto, HttpAnswer, Secrets, WebhookRequest } from '../provider.ts';

const encoder = new TextEncoder();

/**
 * `X-Hub-Signature-256: sha256=<hex>` is the HMAC-SHA256 of the raw body with the app secret (Meta:
 * create-webhook-endpoint). The previous secret counts too while a rotation is under way.
 */
export function verify(request: WebhookRequest, secrets: Secrets, crypto: Crypto): boolean {
  const given = request.headers['x-hub-signature-256'] ?? '';
  if (!given.toLowerCase().startsWith('sha256=')) return false;
  return [secrets.appSecret, secrets.appSecretPrevious].some((secret) =>
    isSignedWith(secret, given.slice(7), request.body, crypto),
  );
}

/** Whether `hex` is the HMAC-SHA256 of the bytes with a secret; never with an empty one. */
export function isSignedWith(
  secret: string,
  hex: string,
  body: Uint8Array,
  crypto: Crypto,
): boolean {
  if (secret === '' || !/^[0-9a-f]{64}$/i.test(hex)) return false;
  return crypto.sameBytes(crypto.hmac('sha256', secret, body), bytesOf(hex));
}

/**
 * Meta asks once, when the URL or the token is edited: the right token is answered with the
 * challenge. Only word characters go back, so that nobody can have a page reflected.
 */
export function handshake(
  request: WebhookRequest,
  secrets: Secrets,
  crypto: Crypto,
): HttpAnswer | undefined {
  const at = request.url.indexOf('?');
  const query = new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1));
  const challenge = query.get('hub.challenge') ?? '';
  const token = encoder.encode(query.get('hub.verify_token') ?? '');
  const right =
    secrets.verifyToken !== '' && crypto.sameBytes(token, encoder.encode(secrets.verifyToken));
  if (!right || query.get('hub.mode') !== 'subscribe' || !/^[\w-]{1,256}$/.test(challenge)) {
    return undefined;
  }
  return { status: 200, contentType: 'text/plain; charset=utf-8', body: challenge };
}

function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = 16 * digitOf(hex.charCodeAt(2 * i)) + digitOf(hex.charCodeAt(2 * i + 1));
  }
  return bytes;
}

/** The value of a hexadecimal digit by its character code, in either case. */
function digitOf(code: number): number {
  return code < 0x40 ? code - 0x30 : (code & 0x0f) + 9;
}
