import type { SignOn } from '../../src/desktop/server/access.ts';
import { readTokenKeys } from '../../src/desktop/server/token-key.ts';
import { TriggerError } from '../../src/errors.ts';
import { choice, whole, words } from '../shared/schema.ts';
import { isProxyHeader } from './proxy-header.ts';

export const signOnSchema = {
  signOn: choice(['none', 'jwt', 'header'], 'none'),
  jwtKey: words(),
  jwtIssuer: words(),
  jwtAudience: words(),
  trustedHeader: words(),
  trustedProxies: whole(0, 0, 10),
};

interface Saved {
  readonly signOn: SignOn['kind'];
  readonly jwtKey: string;
  readonly jwtIssuer: string;
  readonly jwtAudience: string;
  readonly trustedHeader: string;
  readonly trustedProxies: number;
}

/** How agents come in besides with a password. Throws E_CONFIG for what could not be relied on. */
export function readSignOn(saved: Saved): SignOn {
  switch (saved.signOn) {
    case 'none':
      return { kind: 'none' };
    case 'jwt':
      return readJwt(saved);
    case 'header':
      return readHeader(saved);
  }
}

function readJwt({ jwtKey, jwtIssuer, jwtAudience }: Saved): SignOn {
  const keys = readTokenKeys(jwtKey);
  if (typeof keys === 'string') throw new TriggerError('E_CONFIG', `Property "jwtKey": ${keys}`);
  return { kind: 'jwt', keys, issuer: jwtIssuer.trim(), audience: jwtAudience.trim() };
}

function readHeader({ trustedHeader, trustedProxies }: Saved): SignOn {
  const header = trustedHeader.trim().toLowerCase();
  if (!isProxyHeader(header)) {
    throw new TriggerError(
      'E_CONFIG',
      'Property "trustedHeader" must be a header that the proxy alone sets, such as X-Forwarded-User.',
    );
  }
  if (trustedProxies === 0) {
    throw new TriggerError(
      'E_CONFIG',
      'Sign-on by a header needs a proxy in front: set "trustedProxies" to 1 or more.',
    );
  }
  return { kind: 'header', header };
}
