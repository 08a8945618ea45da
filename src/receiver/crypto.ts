import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Crypto } from '../provider/provider.ts';

export const nodeCrypto: Crypto = {
  hmac: (hash, secret, data) => createHmac(hash, secret).update(data).digest(),
  sha256: (data) => createHash('sha256').update(data).digest(),
  // timingSafeEqual throws on unequal lengths; a length is no secret.
  sameBytes: (a, b) => a.length === b.length && timingSafeEqual(a, b),
};
