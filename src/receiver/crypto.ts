import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Crypto } from '../provider/provider.ts';

export const nodeCrypto: Crypto = {
  hmacSha256: (secret, data) => createHmac('sha256', secret).update(data).digest(),
  // timingSafeEqual throws on unequal lengths; a length is no secret.
  sameBytes: (a, b) => a.length === b.length && timingSafeEqual(a, b),
};
