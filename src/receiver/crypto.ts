import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Crypto } from '../provider/provider.ts';

const digest = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest();

export const nodeCrypto: Crypto = {
  hmacSha256: (secret, data) => createHmac('sha256', secret).update(data).digest(),
  // Digests are of one length, which timingSafeEqual demands and which hides the lengths.
  sameBytes: (a, b) => timingSafeEqual(digest(a), digest(b)),
};
