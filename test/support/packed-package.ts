/**
 * The package as a user gets it: built afresh and packed once per run, then put into user
 * directories. Its declared dependencies are linked from the repository, so nothing is downloaded;
 * a dependency that is used but not declared is not found, as it would not be for a user.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

interface PackReport {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

let packed: Promise<PackedPackage> | undefined;

export function packedPackage(): Promise<PackedPackage> {
  packed ??= pack();
  return packed;
}

async function pack(): Promise<PackedPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'whatsapp-triggers-package-'));
  await run(process.execPath, ['scripts/build.ts'], { cwd: root });
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: root },
  );
  const [report] = Object.values<PackReport>(JSON.parse(stdout));
  if (!report) throw new Error(`npm pack told nothing: ${stdout}`);
  await run('tar', ['-xzf', join(folder, report.filename), '-C', folder]);
  const unpacked = join(folder, 'package');
  return {
    folder: unpacked,
    files: report.files.map((file) => file.path),
    manifest: JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')),
  };
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

/** Forgets the packed package and removes its files. */
export async function removePackedPackage(): Promise<void> {
  const last = await packed?.catch(() => undefined);
  packed = undefined;
  if (last) await rm(join(last.folder, '..'), { recursive: true, force: true });
}
