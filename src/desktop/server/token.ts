import { createHash, verify } from 'node:crypto';
import * as v from 'valibot';
import type { TokenKey } from './token-key.ts';

export interface TokenRules {
  readonly keys: readonly TokenKey[];
  readonly issuer: string;
  readonly audience: string;
}

export interface TokenFacts {
  readonly subject: string;
  readonly key: TokenKey;
  /** The same for every way in which this token can be written. */
  readonly id: string;
  /** From then on the token is refused anyway; milliseconds. */
  readonly until: number;
}

export interface TokenRefusal {
  readonly reason: string;
  /** Whom it names, when our issuer has signed it for us: it is only too old, or too early. */
  readonly subject?: string;
}

/** A token is for coming in now; what it opens is a session of its own. */
const longestAge = 5 * 60;
/** How far the issuer's clock may be ahead of ours. */
const clockSkew = 30;

const segment = /^[\w-]+$/;
const second = v.pipe(v.number(), v.finite());
const headerSchema = v.object({
  alg: v.string(),
  typ: v.optional(v.pipe(v.string(), v.regex(/^jwt$/i))),
  // Extensions that we do not know could change what the token means.
  crit: v.optional(v.never()),
});
const claimsSchema = v.object({
  sub: v.pipe(v.string(), v.minLength(1)),
  iat: second,
  exp: second,
  nbf: v.optional(second),
  iss: v.optional(v.string()),
  aud: v.optional(v.union([v.string(), v.array(v.string())])),
});
type Claims = v.InferOutput<typeof claimsSchema>;

/** What a signed token (JWT) says, or why it is refused. `now` is in milliseconds. */
export function readToken(
  token: string,
  rules: TokenRules,
  now: number,
): TokenFacts | TokenRefusal {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || ![head, body, signature].every((part) => segment.test(part))) {
    return { reason: 'it is no signed token' };
  }
  const header = v.safeParse(headerSchema, readPart(head));
  if (!header.success) return { reason: 'its header is not one of a JWT' };
  const signed = `${head}.${body}`;
  const key = rules.keys.find(
    (one) => one.algorithm === header.output.alg && isSignedBy(one, signed, signature),
  );
  if (!key) return { reason: 'its signature is not of the key that is set' };
  const claims = v.safeParse(claimsSchema, readPart(body));
  if (!claims.success) {
    return { reason: '"sub", "iat" and "exp" are needed, each as the standard has it' };
  }
  const { sub: subject, iat, exp } = claims.output;
  const foreign = strangenessOf(claims.output, rules);
  if (foreign) return { reason: foreign };
  const untimely = untimelinessOf(claims.output, now / 1000);
  if (untimely) return { reason: untimely, subject };
  const id = createHash('sha256').update(signed).digest('base64url');
  return { subject, key, id, until: Math.min(exp, iat + longestAge) * 1000 };
}

function strangenessOf({ iss, aud = [] }: Claims, { issuer, audience }: TokenRules) {
  if (issuer !== '' && iss !== issuer) return 'it comes from another issuer';
  if (audience !== '' && ![aud].flat().includes(audience)) return 'it is for another audience';
  return undefined;
}

function untimelinessOf({ iat, exp, nbf = iat }: Claims, now: number) {
  if (exp <= now) return 'it has expired';
  if (now - iat > longestAge) return 'it was issued more than 5 minutes ago';
  if (Math.max(iat, nbf) > now + clockSkew) return 'it is from the future: compare the clocks';
  return undefined;
}

function isSignedBy({ algorithm, key }: TokenKey, signed: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  const digest = algorithm === 'EdDSA' ? null : 'sha256';
  return verify(digest, Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }, bytes);
}

function readPart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
