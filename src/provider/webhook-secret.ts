import type { Crypto, Secrets, WebhookRequest } from './provider.ts';

const encoder = new TextEncoder();

/** So many characters of a webhook path cannot be guessed, if they are random. */
const longPath = 24;

/**
 * Whether a request of a provider that signs nothing carries the account's secret: as the whole value of
 * the header, as its bearer token, or as the password of HTTP basic. Hashes are compared, so that not
 * even the secret's length shows in the time.
 */
export function carriesSecret(
  request: WebhookRequest,
  secret: string,
  crypto: Crypto,
  header = 'x-webhook-secret',
): boolean {
  if (secret === '') return false;
  const wanted = crypto.sha256(encoder.encode(secret));
  const { [header.toLowerCase()]: own, authorization = '' } = request.headers;
  const bearer = /^bearer +(.+)$/is.exec(authorization)?.[1];
  return [own, bearer, basicPassword(authorization)].some(
    (text) => text !== undefined && crypto.sameBytes(crypto.sha256(bytesOf(text)), wanted),
  );
}

/** Why an account without a signature and without a secret cannot be served at a path that may be guessed. */
export function guessable(secrets: Secrets, path: string): string | undefined {
  if (secrets.webhookSecret !== '' || path.length >= longPath) return undefined;
  return `This provider does not sign its webhooks: enter a webhook secret, or a random path of at least ${longPath} characters.`;
}

function basicPassword(authorization: string): string | undefined {
  const encoded = /^basic +([\w+/=-]+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  try {
    const pair = atob(encoded);
    return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : undefined;
  } catch {
    return undefined;
  }
}

/** In a header, as in what `atob` answers, each byte stands as one character. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
