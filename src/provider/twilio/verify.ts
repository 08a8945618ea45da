import { base64 } from '../base64.ts';
import { type FormFields, readForm, readQuery } from '../form.ts';
import type { Crypto, Secrets, WebhookRequest } from '../provider.ts';
import { signedUrls } from './signed-urls.ts';

const encoder = new TextEncoder();

/** Twilio's forms have some kilobytes; hashing megabytes for anybody would be a present to an attacker. */
const maxForm = 512 * 1024;

/**
 * `X-Twilio-Signature` is the base64 of an HMAC-SHA1 with the Auth Token over the URL and then every
 * field of a form, by name; of any other body the URL names the SHA-256 (Twilio: webhooks-security).
 */
export function verify(request: WebhookRequest, secrets: Secrets, crypto: Crypto): boolean {
  const signature = request.headers['x-twilio-signature'] ?? '';
  if (secrets.authToken === '' || !/^[A-Za-z0-9+/]{27}=$/.test(signature)) return false;
  const fields = signedFields(request, crypto);
  if (fields === undefined) return false;
  const given = encoder.encode(signature);
  return [...signedUrls(request)].some((url) => {
    const expected = crypto.hmac('sha1', secrets.authToken, encoder.encode(url + fields));
    return crypto.sameBytes(encoder.encode(base64(expected)), given);
  });
}

/** What is signed behind the URL; undefined where the body is none that this signature covers. */
function signedFields(request: WebhookRequest, crypto: Crypto): string | undefined {
  if (request.method === 'GET') return '';
  const hash = bodyHash(request.url);
  if (hash !== undefined) {
    const right = encoder.encode(hex(crypto.sha256(request.body)));
    return crypto.sameBytes(right, encoder.encode(hash)) ? '' : undefined;
  }
  if (!isForm(request) || request.body.length > maxForm) return undefined;
  const fields = readForm(request.body);
  return typeof fields === 'string' ? undefined : joined(fields);
}

function bodyHash(url: string): string | undefined {
  const query = readQuery(url);
  if (typeof query === 'string') return undefined;
  return query.find(([name]) => name === 'bodySHA256')?.[1];
}

export function isForm(request: WebhookRequest): boolean {
  const type = request.headers['content-type'] ?? '';
  return /^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(type);
}

/** By name; of a name that comes more than once each value one time, by value. */
function joined(fields: FormFields): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of fields) {
    const known = values.get(name);
    if (known) known.add(value);
    else values.set(name, new Set([value]));
  }
  return [...values.keys()]
    .sort()
    .flatMap((name) => [...values.get(name)!].sort().map((value) => name + value))
    .join('');
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
