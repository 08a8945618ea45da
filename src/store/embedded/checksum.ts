import { crc32 } from 'node:zlib';

/**
 * Kept beside every event and every forward: SQLite notices damage to the structure of its file, not
 * to what stands in a row.
 */
export function checksum(head: string, body: string): number {
  return crc32(body, crc32(head));
}
