/** An issuer of sign-on tokens, as a CRM is one. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export type Issuer = ReturnType<typeof createIssuer>;
type Part = Record<string, unknown> | string;

const kinds = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
} as const satisfies Record<string, () => { publicKey: KeyObject; privateKey: KeyObject }>;

export function createIssuer(algorithm: keyof typeof kinds = 'ES256') {
  const { publicKey, privateKey } = kinds[algorithm]();
  return {
    algorithm,
    /** What the form of the agent desktop takes. */
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    privateKey,
    /** A signed token; `now` is in milliseconds. A part that is given as text is taken as it is. */
    issue(claims: Part, now = Date.now(), header: Part = {}): string {
      const iat = Math.floor(now / 1000);
      const body = typeof claims === 'string' ? claims : { iat, exp: iat + 60, ...claims };
      const head = typeof header === 'string' ? header : { alg: algorithm, typ: 'JWT', ...header };
      const signed = [head, body].map(encode).join('.');
      const digest = algorithm === 'EdDSA' ? null : 'sha256';
      const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
      return `${signed}.${sign(digest, Buffer.from(signed), key).toString('base64url')}`;
    },
  };
}

export function encode(part: Part): string {
  const text = typeof part === 'string' ? part : JSON.stringify(part);
  return Buffer.from(text).toString('base64url');
}
