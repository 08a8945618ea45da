import { statfs } from 'node:fs';
import { promisify } from 'node:util';
import type { Disk } from '../../inbox/bounds.ts';

/** What was read is good for this long; a full disk is noticed by the commit that fails anyway. */
const freshMs = 2_000;

const look = promisify(statfs);

/** Looks at a folder's disk; then tells at once what was last seen, and looks again when that is old. */
export async function watchDisk(folder: string): Promise<() => Disk | undefined> {
  let seen: Disk | undefined;
  let seenAt = 0;
  const refresh = async (): Promise<void> => {
    seenAt = performance.now();
    const found = await look(folder).catch(() => undefined);
    seen = found && { free: found.bavail * found.bsize, size: found.blocks * found.bsize };
  };
  await refresh();
  return () => {
    if (performance.now() - seenAt > freshMs) void refresh();
    return seen;
  };
}
