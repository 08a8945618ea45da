import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/**
 * The mark stands beside the store's file and tells how many commits were acknowledged. A file that
 * holds fewer has lost some: SQLite itself takes a log that is gone or cut off for one that ended there.
 */
export const markOf = (file: string): string => `${file}-mark`;

/** Always of the same length, so that writing it needs no more of the disk. */
export function markText(commits: number): string {
  const digits = String(commits).padStart(16, '0');
  return `${digits} ${crc32(digits).toString(16).padStart(8, '0')}\n`;
}

/** Undefined where there is none, or none that can be read. */
export function readMark(file: string): number | undefined {
  try {
    const text = readFileSync(markOf(file), 'latin1');
    const commits = Number(text.slice(0, 16));
    return text === markText(commits) ? commits : undefined;
  } catch {
    return undefined;
  }
}
