import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { eventNames } from '../../../src/event/event.ts';
import { standardVariableNames } from '../../../src/event/standard-variables.ts';
import { fieldNames, fields } from '../../../src/condition/field.ts';
import { hintCodes, logicCodes } from '../../../src/condition/finding.ts';
import { operatorNames } from '../../../src/condition/operator.ts';
import { faultCodes } from '../../../src/condition/problem.ts';
import { weekdays } from '../../../src/condition/time-window.ts';

const root = join(import.meta.dirname, '../../..');
const types = readdirSync(join(root, 'nodes'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map((entry) => entry.name);

/** The keys that code makes out of a group and a name of one of our tables. */
const composed: Readonly<Record<string, readonly string[]>> = {
  'whatsapp-in': eventNames.map((name) => `event.${name.replace('.', '-')}`),
  'trigger-condition': [
    ...fieldNames.map((name) => `field.${name.replace('.', '-')}`),
    ...operatorNames.map((name) => `operator.${name}`),
    ...fieldNames.flatMap((name) => valuesOf(name).map((value) => `value.${value}`)),
    ...weekdays.map((day) => `day.${day}`),
    ...[...faultCodes, ...logicCodes, ...hintCodes].map((code) => `lint.${code}`),
  ],
  'trigger-variables': [
    ...commonKeys(),
    ...['standard', 'custom', 'message'].map((group) => `picker.${group}`),
    ...['ok', 'warning', 'wrong'].map((state) => `state.${state}`),
    ...standardVariableNames.map((name) => `variable.${name}`),
  ],
  'cti-url': ['allowed', 'refused', 'unlisted', 'unknown'].map((state) => `framing.${state}`),
};

describe('the texts of the nodes', () => {
  for (const type of types) {
    it(`of ${type} are all there and all used`, async () => {
      const existing = keysOf(catalogue(type)[type], '');
      const { literal, groups } = await usedBy(type);
      const wanted = new Set([...literal, ...(composed[type] ?? [])]);
      const isUsed = (key: string) =>
        wanted.has(key) || groups.some((group) => key.startsWith(`${group}.`));
      assert.deepEqual(
        [...wanted].filter((key) => !existing.includes(key)),
        [],
        'used, but not in the catalogue',
      );
      assert.deepEqual(
        existing.filter((key) => !isUsed(key)),
        [],
        'in the catalogue, but not used',
      );
    });

    it(`of ${type} fill in only what Node-RED fills in`, () => {
      const texts = JSON.stringify(catalogue(type));
      assert.doesNotMatch(texts.replaceAll(/<code>\{\{\w+\}\}<\/code>/g, ''), /\{\{/);
    });
  }
});

describe('the editor files of the nodes', () => {
  for (const type of types) {
    it(`of ${type} have the form, the icon and the help where Node-RED looks for them`, () => {
      const html = read(type, `${type}.html`);
      const marker = '<script type="text/javascript" src="{editor}"></script>';
      assert.equal(html.split(marker).length, 2);
      assert.ok(html.includes(`data-template-name="${type}"`));
      const script = read(type, `${type}.editor.ts`);
      assert.ok(script.includes(`RED.nodes.registerType('${type}', {`));
      assert.ok(script.includes(`icon: '${type}.svg'`));
      assert.match(icon(type), /width="40" height="60"/);
      const help = read(type, `locales/en-US/${type}.html`);
      assert.ok(help.includes(`data-help-name="${type}"`));
      assert.deepEqual(headings(help), expectedHeadings(script));
    });

    it(`of ${type} label every control`, () => {
      const html = read(type, `${type}.html`);
      const labels = new Set([...html.matchAll(/for="([^"]+)"/g)].map(([, id]) => id));
      const controls = [...html.matchAll(/<(?:input|select|textarea)\b([^>]*)>/g)]
        .map(([, attributes = '']) => attributes)
        .filter((attributes) => !attributes.includes('type="hidden"'))
        .filter((attributes) => !attributes.includes('[aria-label]'))
        .map((attributes) => /\bid="([^"]+)"/.exec(attributes)?.[1]);
      assert.deepEqual(
        controls.filter((id) => id === undefined || !labels.has(id)),
        [],
      );
    });
  }

  it('use no colour but those of the theme', () => {
    const folder = join(root, 'nodes/shared/look');
    for (const file of readdirSync(folder)) {
      const css = readFileSync(join(folder, file), 'utf8');
      assert.equal(css.match(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi), null, file);
    }
  });
});

interface Used {
  readonly literal: readonly string[];
  /** Groups out of which a key is chosen at run time. */
  readonly groups: readonly string[];
}

/** What the widgets that several forms share ask for; it stands in one catalogue only. */
function commonKeys(): string[] {
  const folder = join(root, 'nodes/shared');
  const files = readdirSync(folder, { encoding: 'utf8', recursive: true });
  const scripts = files.filter((file) => file.endsWith('.editor.ts'));
  const text = scripts.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  return [...text.matchAll(/\bcommon\('([\w.]+)'/g)].map(([, key = '']) => key);
}

/** What the form, its bundled script and the bundled runtime ask the catalogue for. */
async function usedBy(type: string): Promise<Used> {
  const html = read(type, `${type}.html`);
  const form = [...html.matchAll(/data-i18n="([^"]+)"/g)].flatMap(([, keys = '']) =>
    keys.split(';').map((key) => key.replace(/^\[.*?\]/, '').replace(`${type}.`, '')),
  );
  const editor = await bundle(join(root, 'nodes', type, `${type}.editor.ts`));
  const runtime = await bundle(join(root, 'nodes', type, `${type}.ts`));
  const asked = [...textsIn(editor), ...texts(runtime, `(?:${type}|\\$\\{node\\d*\\.type\\})\\.`)];
  return {
    literal: [...form, ...asked.filter((key) => !key.includes('${'))],
    groups: asked
      .filter((key) => key.includes('${'))
      .map((key) => key.slice(0, key.indexOf('${')).replace(/\.\w*$/, '')),
  };
}

/** Keys stand in calls of `say`, also as two branches, and in the reasons of rules. */
function textsIn(editor: string): string[] {
  const calls = [...editor.matchAll(/\bsay\d*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)];
  const inCalls = calls.flatMap(([, argument = '']) =>
    [...argument.matchAll(/["`]([a-zA-Z]+\.[\w.$%{}-]+)[^"`]*["`]/g)].map(([, key = '']) => key),
  );
  const assigned = [...editor.matchAll(/["`]((?:reason|events)\.\w+)["`]/g)].map(
    ([, key = '']) => key,
  );
  return [...inCalls, ...assigned];
}

function texts(runtime: string, prefix: string): string[] {
  const pattern = new RegExp(`["'\`]${prefix}((?:status|error)\\.[^"'\`]+)["'\`]`, 'g');
  return [...runtime.matchAll(pattern)].map(([, key = '']) => key);
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    loader: { '.css': 'text' },
  });
  return outputFiles[0]?.text ?? '';
}

function keysOf(value: unknown, path: string): string[] {
  if (typeof value === 'string') return [path];
  return Object.entries(value as object).flatMap(([key, inner]) =>
    keysOf(inner, path === '' ? key : `${path}.${key}`),
  );
}

function valuesOf(name: (typeof fieldNames)[number]): readonly string[] {
  const field = fields[name];
  return field.kind === 'enumeration' ? field.values : [];
}

function headings(help: string): string[] {
  return [...help.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, heading = '']) => heading);
}

function expectedHeadings(script: string): string[] {
  const ports = [
    ...(/inputs: 1/.test(script) ? ['Inputs'] : []),
    ...(/outputs: [12]/.test(script) ? ['Outputs'] : []),
  ];
  return [...ports, 'Details', 'References'];
}

function catalogue(type: string): Record<string, unknown> {
  return JSON.parse(read(type, `locales/en-US/${type}.json`)) as Record<string, unknown>;
}

function icon(type: string): string {
  const path = join(root, 'icons', `${type}.svg`);
  assert.ok(existsSync(path));
  return readFileSync(path, 'utf8');
}

function read(type: string, path: string): string {
  return readFileSync(join(root, 'nodes', type, path), 'utf8');
}
