import { spawnSync } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const sources = ['src', 'nodes', 'icons', 'scripts/build.ts', 'package.json'];
/** What the build writes last. */
const product = 'dist/simulator/index.html';

/** Builds the package when it was never built or a source is newer than the last build. */
export async function buildIfStale(root: string): Promise<void> {
  const built = await changedAt(join(root, product));
  const times = await Promise.all(sources.map((source) => newestIn(join(root, source))));
  if (built > Math.max(...times)) return;
  console.log('Building the package…');
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.ts')], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The build failed; nothing was started.');
}

async function newestIn(path: string): Promise<number> {
  if (!(await stat(path)).isDirectory()) return changedAt(path);
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const times = await Promise.all(files.map((file) => changedAt(join(file.parentPath, file.name))));
  return Math.max(0, ...times);
}

/** Milliseconds since 1970; 0 for what is not there. */
async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
