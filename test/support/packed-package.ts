/**
 * The package as a user gets it: built afresh and packed once per run, then put into user
 * directories. Its declared dependencies are linked from the repository, so nothing is downloaded;
 * a dependency that is used but not declared is not found, as it would not be for a user.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

export const packageName = 'node-red-contrib-whatsapp-triggers';

export interface PackedPackage {
  /** Where the tarball was unpacked. */
  readonly folder: string;
  /** Every path in the tarball. */
  readonly files: readonly string[];
  readonly manifest: {
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
    readonly 'node-red': { readonly nodes: Readonly<Record<string, string>> };
  };
}

/** Set by the run when it has packed for all of its processes: the folder of the package. */
const given = 'PACKED_PACKAGE';
let packed: Promise<string> | undefined;

export async function packedPackage(): Promise<PackedPackage> {
  packed ??= Promise.resolve(process.env[given] ?? pack());
  const folder = await packed;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return {
    folder,
    files: entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(folder, join(parentPath, name))),
    manifest: JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
  };
}

/** Builds and packs; answers where the tarball was unpacked. */
async function pack(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-package-'));
  await run(process.execPath, ['scripts/build.ts'], { cwd: root });
  const options = ['--ignore-scripts', '--pack-destination', parent];
  const { stdout } = await run('npm', ['pack', '--silent', ...options], { cwd: root });
  await run('tar', ['-xzf', join(parent, stdout.trim()), '-C', parent]);
  return join(parent, 'package');
}

/** Once for a run of many processes, which would build over each other. */
export async function mochaGlobalSetup(): Promise<void> {
  process.env[given] = await pack();
}

export async function mochaGlobalTeardown(): Promise<void> {
  await remove(process.env[given]);
}

/** What `npm install <tarball>` leaves in a user directory, without the network. */
export async function installPackage(userDir: string): Promise<void> {
  const { folder, manifest } = await packedPackage();
  const modules = join(userDir, 'node_modules');
  await mkdir(modules, { recursive: true });
  await cp(folder, join(modules, packageName), { recursive: true });
  for (const name of Object.keys(manifest.dependencies)) {
    await symlink(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
}

/** Forgets the packed package and removes its files, unless they belong to the whole run. */
export async function removePackedPackage(): Promise<void> {
  const last = await packed?.catch(() => undefined);
  packed = undefined;
  if (last !== process.env[given]) await remove(last);
}

async function remove(folder: string | undefined): Promise<void> {
  if (folder) await rm(dirname(folder), { recursive: true, force: true, maxRetries: 10 });
}
