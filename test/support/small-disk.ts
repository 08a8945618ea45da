import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface SmallDisk {
  readonly path: string;
  /** Takes all the room that is left. */
  fill(): Promise<void>;
  /** Gives back what `fill` took. */
  free(): Promise<void>;
  growTo(mebibytes: number): Promise<void>;
  remove(): Promise<void>;
}

/** A disk of so many MiB, in memory. */
export async function smallDisk(mebibytes: number): Promise<SmallDisk> {
  const path = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-disk-'));
  const filler = join(path, 'filler');
  await mount('-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', path);
  return {
    path,
    fill: async () => {
      for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 4)) {
        while (await append(filler, size));
      }
    },
    free: () => rm(filler),
    growTo: (size) => mount('-o', `remount,size=${size}m`, path),
    remove: async () => {
      await run('umount', ['--lazy', path]);
      await rm(path, { recursive: true });
    },
  };
}

async function mount(...options: readonly string[]): Promise<void> {
  try {
    await run('mount', options);
  } catch (error) {
    throw new Error(
      'This test fills a small disk, which takes the right to mount one: run it as root, in a container with CAP_SYS_ADMIN.',
      { cause: error },
    );
  }
}

function append(path: string, size: number): Promise<boolean> {
  return writeFile(path, Buffer.alloc(size, 1), { flag: 'a' }).then(
    () => true,
    () => false,
  );
}
