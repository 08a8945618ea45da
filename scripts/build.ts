/**
 * Builds `dist/`: the compiler emits the runtime; then, for every node's and the plugin's folder, the
 * editor's TypeScript is bundled into the html, and icons and locales are put where Node-RED looks for them.
 */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const marker = '<script type="text/javascript" src="{editor}"></script>';

await rm(dist, { recursive: true, force: true });
execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
await Promise.all([
  buildNodes(),
  buildPlugin('whatsapp-triggers'),
  bundlePattern(),
  buildApp('desktop'),
  buildApp('simulator'),
  collectNotices(),
]);

async function buildNodes(): Promise<void> {
  const folders = await readdir(join(root, 'nodes'), { withFileTypes: true });
  await Promise.all(
    folders
      .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
      .map((entry) => buildNode(entry.name)),
  );
}

async function buildNode(type: string): Promise<void> {
  await buildEditor('nodes', type);
  await cp(join(root, 'icons'), join(dist, 'nodes', type, 'icons'), { recursive: true });
}

/** A plugin has no runtime of its own: it is all in its html. */
function buildPlugin(name: string): Promise<void> {
  return buildEditor('plugins', name);
}

async function buildEditor(kind: 'nodes' | 'plugins', name: string): Promise<void> {
  const from = join(root, kind, name);
  const to = join(dist, kind, name);
  await mkdir(to, { recursive: true });
  const html = await readFile(join(from, `${name}.html`), 'utf8');
  if (!html.includes(marker))
    throw new Error(`${kind}/${name}/${name}.html lacks the line ${marker}`);
  const script = await bundleEditor(join(from, `${name}.editor.ts`));
  await writeFile(
    join(to, `${name}.html`),
    html.replace(marker, () => `<script type="text/javascript">\n${script}</script>`),
  );
  await cp(join(from, 'locales'), join(to, 'locales'), { recursive: true });
}

/** Not minified: the Flow Library reads `registerType` out of the html, and so do people. */
async function bundleEditor(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    // One character beyond Latin-1 doubles what Node-RED holds of the file in memory.
    charset: 'ascii',
    legalComments: 'none',
    loader: { '.css': 'text' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const text = result.outputFiles[0]?.text ?? '';
  return text.replaceAll('</script', '<\\/script');
}

/** re2js is a development dependency: its one user carries it along. */
async function bundlePattern(): Promise<void> {
  await build({
    entryPoints: [join(root, 'src/condition/pattern.ts')],
    outfile: join(dist, 'src/condition/pattern.js'),
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    legalComments: 'eof',
  });
}

/** The licences of what the bundles carry along. */
async function collectNotices(): Promise<void> {
  const notices = ['dompurify', 'preact', 're2js'].map(async (name) => {
    const licence = await readFile(join(root, 'node_modules', name, 'LICENSE'), 'utf8');
    return `## ${name}\n\n${licence.trim()}\n`;
  });
  const text = ['# Third-party software in the bundled files\n', ...(await Promise.all(notices))];
  await writeFile(join(dist, 'THIRD-PARTY-NOTICES.md'), text.join('\n'));
}

/** A browser page: `src/<name>/app/` with `index.html`, `main.tsx` and `style.css`, to `dist/<name>/`. */
async function buildApp(name: string): Promise<void> {
  const from = join(root, 'src', name, 'app');
  if (!existsSync(join(from, 'main.tsx'))) throw new Error(`src/${name}/app/main.tsx is missing`);
  const to = join(dist, name);
  await build({
    entryPoints: { page: join(from, 'main.tsx'), style: join(from, 'style.css') },
    outdir: to,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'linked',
  });
  await cp(join(from, 'index.html'), join(to, 'index.html'));
}
