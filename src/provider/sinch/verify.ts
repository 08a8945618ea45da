import { base64 } from '../base64.ts';
import type { Crypto, Secrets, WebhookRequest } from '../provider.ts';

const encoder = new TextEncoder();

/**
 * How far the time of the signature may be from ours. Sinch tries again for 22 hours and 45 minutes and
 * does not say whether it then signs anew: a narrower window could lose what came during an outage,
 * for good, since it does not repeat what was answered with 401. A replay within the day is a
 * duplicate by its message id and makes no event.
 */
const toleranceMs = 24 * 3_600_000;

/**
 * `x-sinch-webhook-signature` is the base64 of the HMAC-SHA256 of "<raw body>.<nonce>.<timestamp>" with
 * the webhook's secret (Sinch: Conversation API, callbacks, "Validating callbacks").
 */
export function verify(request: WebhookRequest, secrets: Secrets, crypto: Crypto): boolean {
  const signature = request.headers['x-sinch-webhook-signature'];
  const nonce = request.headers['x-sinch-webhook-signature-nonce'];
  const timestamp = request.headers['x-sinch-webhook-signature-timestamp'];
  if (secrets.webhookSecret === '' || !signature || !nonce || !timestamp) return false;
  const algorithm = request.headers['x-sinch-webhook-signature-algorithm'] ?? 'HmacSHA256';
  if (algorithm.toLowerCase() !== 'hmacsha256') return false;
  if (!(Math.abs(request.now - milliseconds(timestamp)) <= toleranceMs)) return false;
  const expected = crypto.hmac(
    'sha256',
    secrets.webhookSecret,
    joined(request.body, encoder.encode(`.${nonce}.${timestamp}`)),
  );
  return crypto.sameBytes(encoder.encode(base64(expected)), encoder.encode(signature));
}

/** Seconds since 1970 are what Sinch sends; ISO 8601 is read as well. NaN for anything else. */
function milliseconds(timestamp: string): number {
  return /^\d{1,11}$/.test(timestamp) ? Number(timestamp) * 1000 : Date.parse(timestamp);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}
