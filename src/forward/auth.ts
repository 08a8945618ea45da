import { createHmac } from 'node:crypto';
import { TriggerError } from '../errors.ts';
import { headerName } from './headers.ts';

export type AuthKind = 'none' | 'basic' | 'bearer' | 'apiKey' | 'signature';

export interface Credentials {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  readonly secret?: string | undefined;
}

/** What the secrets of a node add to each try; they are never part of a request that is kept. */
export type Auth =
  | { readonly kind: 'none' }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'signature'; readonly key: Buffer };

/** Throws E_CONFIG when a secret is missing or cannot be sent. */
export function createAuth(kind: AuthKind, authHeader: string, credentials: Credentials): Auth {
  const { user = '', password = '' } = credentials;
  switch (kind) {
    case 'none':
      return { kind };
    case 'basic':
      if (user === '' || user.includes(':')) {
        throw fault('Basic authentication needs a user name, without a colon in it.');
      }
      return authorization(`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
    case 'bearer':
      return authorization(`Bearer ${sendable(credentials.token)}`);
    case 'apiKey':
      return {
        kind: 'header',
        name: headerName(authHeader),
        value: sendable(credentials.token || credentials.secret),
      };
    case 'signature':
      break;
  }
  return { kind, key: signingKey(credentials.secret?.trim()) };
}

/** The headers of one try, by the Standard Webhooks specification; `at` in milliseconds since 1970. */
export function tryHeaders(
  auth: Auth,
  id: string,
  body: string,
  at: number,
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const headers: Record<string, string> = { 'webhook-timestamp': timestamp };
  if (auth.kind === 'header') headers[auth.name] = auth.value;
  if (auth.kind === 'signature') {
    const hmac = createHmac('sha256', auth.key).update(`${id}.${timestamp}.${body}`);
    headers['webhook-signature'] = `v1,${hmac.digest('base64')}`;
  }
  return headers;
}

function authorization(value: string): Auth {
  return { kind: 'header', name: 'Authorization', value };
}

function sendable(token = ''): string {
  const trimmed = token.trim();
  if (!/^[!-~](?:[ -~]*[!-~])?$/.test(trimmed)) {
    throw fault('The token is missing, or has a character that a header cannot carry.');
  }
  return trimmed;
}

function signingKey(secret = ''): Buffer {
  const encoded = secret.replace(/^whsec_/, '');
  const decoded = Buffer.from(encoded, 'base64');
  // The specification's secrets are base64, with or without the prefix; any other text stands for itself.
  const isEncoded = encoded !== secret || decoded.toString('base64') === secret;
  const key = isEncoded ? decoded : Buffer.from(secret);
  if (key.length === 0) throw fault('The secret for the signature is missing.');
  return key;
}

function fault(message: string): TriggerError {
  return new TriggerError('E_CONFIG', message);
}
