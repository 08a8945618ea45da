import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** The kind of the key fixes the algorithm: a token cannot choose a weaker one. */
export type TokenAlgorithm = 'RS256' | 'ES256' | 'EdDSA';

export interface TokenKey {
  readonly algorithm: TokenAlgorithm;
  readonly key: KeyObject;
  /** Names the key in what is kept of a session. */
  readonly fingerprint: string;
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;

/**
 * The public keys of a PEM text, or what is wrong with it. There may be several, so that the issuer can
 * change to a new key while tokens of the old one are still about.
 */
export function readTokenKeys(text: string): readonly TokenKey[] | string {
  // An environment variable or a JSON text often carries its line ends written out.
  const pem = text.replaceAll('\\n', '\n');
  if (pem.includes('PRIVATE KEY')) {
    return 'This is a private key, which must stay with the issuer: the public key belongs here.';
  }
  const blocks = pem.match(block) ?? [];
  if (blocks.length === 0)
    return 'A public key in PEM form is needed (-----BEGIN PUBLIC KEY-----).';
  const keys: TokenKey[] = [];
  for (const one of blocks) {
    const key = readKey(one);
    if (typeof key === 'string') return key;
    keys.push(key);
  }
  return keys;
}

function readKey(pem: string): TokenKey | string {
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    return 'The public key cannot be read: it is damaged or not in PEM form.';
  }
  const algorithm = algorithmOf(key);
  if (!algorithm) return 'The key must be RSA of 2048 bits or more, EC P-256 or Ed25519.';
  const der = key.export({ type: 'spki', format: 'der' });
  return { algorithm, key, fingerprint: createHash('sha256').update(der).digest('base64url') };
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject) {
  const { modulusLength = 0, namedCurve } = asymmetricKeyDetails;
  if (asymmetricKeyType === 'rsa' && modulusLength >= 2048) return 'RS256';
  if (asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') return 'ES256';
  return asymmetricKeyType === 'ed25519' ? 'EdDSA' : undefined;
}
