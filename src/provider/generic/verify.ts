import type { Mapping } from '../mapping.ts';
import type { Crypto, ParseSetting, Secrets, WebhookRequest } from '../provider.ts';
import { carriesSecret, guessable } from '../webhook-secret.ts';

type Hmac = Extract<Mapping['proof'], { kind: 'hmac' }>;

export function refusal(
  secrets: Secrets,
  path: string,
  { mapping }: ParseSetting = {},
): string | undefined {
  if (!mapping) return 'The mapping is missing.';
  if (mapping.proof.kind === 'header') return guessable(secrets, path);
  return secrets.webhookSecret === '' ? 'The webhook secret is missing.' : undefined;
}

/** With neither signature nor secret the path is what nobody can guess: `refusal` has seen to that. */
export function verify(
  request: WebhookRequest,
  { webhookSecret }: Secrets,
  crypto: Crypto,
  { mapping }: ParseSetting = {},
): boolean {
  if (!mapping) return false;
  const { proof } = mapping;
  if (proof.kind === 'hmac') return isSigned(request, webhookSecret, crypto, proof);
  return webhookSecret === '' || carriesSecret(request, webhookSecret, crypto, proof.name);
}

function isSigned(request: WebhookRequest, secret: string, crypto: Crypto, proof: Hmac): boolean {
  const header = request.headers[proof.header.toLowerCase()] ?? '';
  if (secret === '' || !header.startsWith(proof.prefix)) return false;
  const given = decode(header.slice(proof.prefix.length), proof.encoding);
  return (
    given !== undefined && crypto.sameBytes(crypto.hmac(proof.hash, secret, request.body), given)
  );
}

/** One spelling for each signature: what decodes to it by tolerance was not made by the provider. */
function decode(signature: string, encoding: Hmac['encoding']): Uint8Array | undefined {
  if (encoding === 'hex') {
    if (!/^(?:[0-9a-f]{2})+$/i.test(signature)) return undefined;
    return Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(signature), (char) => char.charCodeAt(0));
    return btoa(String.fromCharCode(...bytes)) === signature ? bytes : undefined;
  } catch {
    return undefined;
  }
}
