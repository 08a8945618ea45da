/**
 * `npm run scorecard`: the Flow Library's own checks (node-red-dev, fetched by npx) on the packed package.
 * Its catalogue of other people's nodes is not asked, so names that another package has are not found.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const checker = 'node-red-dev@0.1.6';
/** What the card may say, and why. */
const known: Readonly<Record<string, string>> = {
  P07: 'the store needs node:sqlite, and so Node.js 22.14; the newest Node-RED starts from 22.9',
};
const unasked = new Set(['P08', 'N01']);

interface Entry {
  readonly test?: boolean;
}

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-scorecard-'));
try {
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], root);
  run('sh', ['-c', 'tar -xzf *.tgz'], folder);
  symlinkSync(join(root, 'node_modules'), join(folder, 'package/node_modules'));
  const said = validate(join(folder, 'package'), join(folder, 'card.json'));
  const unread = [...said.matchAll(/Unable to parse\s+(\S+)/g)].map(([, file = '']) => file);
  report(JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')), unread);
} finally {
  rmSync(folder, { recursive: true });
}

function validate(path: string, card: string): string {
  const registry = run('npm', ['config', 'get', 'registry'], root).trim();
  const preload = join(import.meta.dirname, 'without-catalogue.cjs');
  const options = { NODE_OPTIONS: `--require ${preload}`, SCORECARD_REGISTRY: registry };
  const args = ['--yes', '--package', checker, 'node-red-dev', 'validate', '-p', path, '-o', card];
  return run('npx', args, folder, options);
}

function report(card: Readonly<Record<string, Entry>>, unread: readonly string[]): void {
  const faults = unread.map((file) => `${file} cannot be read by the Flow Library`);
  for (const [rule, { test }] of Object.entries(card)) {
    if (test === undefined) continue;
    const reason = known[rule];
    const isFault = !test && reason === undefined;
    if (isFault) faults.push(`${rule} fails`);
    const note = unasked.has(rule) ? ' (the catalogue was not asked)' : '';
    console.log(`${rule} ${test ? `passes${note}` : `fails${isFault ? '' : `: ${reason}`}`}`);
  }
  faults.forEach((fault) => console.error(fault));
  if (faults.length > 0) process.exitCode = 1;
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): string {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const env = { ...process.env, ...environment };
  return execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio });
}
