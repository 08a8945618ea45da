import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { eventNames } from '../../../src/event/event.ts';
import { actFailures } from '../../../src/simulator/protocol.ts';
import { logLacks } from '../../../src/trace/log-settings.ts';
import { logOutcomes, whyKeys } from '../../../src/trace/why.ts';
import { stepLooks } from '../../../plugins/whatsapp-triggers/outcomes.editor.ts';
import { reasonOf } from '../../../plugins/whatsapp-triggers/reasons.editor.ts';
import { statuses } from '../../../plugins/whatsapp-triggers/deeds.editor.ts';

const folder = join(import.meta.dirname, '../../../plugins/whatsapp-triggers');
const name = 'whatsapp-triggers';

/** The keys that code makes out of a group and a name of one of our tables. */
const composed: readonly string[] = [
  ...logOutcomes.map((outcome) => `outcome.${outcome}`),
  ...Object.keys(stepLooks).map((outcome) => `step.${outcome}`),
  ...[...eventNames, 'delivery', 'request'].map((event) => `event.${event.replace('.', '-')}`),
  ...whyKeys.flatMap(reasonsOf),
  ...actFailures.map((reason) => `mishap.${reason}`),
  ...logLacks.map((lack) => `lack.${lack}`),
  ...[...statuses, 'played'].map((status) => `status.${status}`),
  ...['opened', 'closed', 'accepted', 'rejected', 'nobody'].map((note) => `note.${note}`),
  ...['text', 'image', 'location', 'interactive', 'other'].map((type) => `type.${type}`),
  ...['unknownVerb', 'noText', 'noNumber', 'noStatus'].map((fault) => `script.${fault}`),
  ...['order', 'twice', 'agents'].flatMap((id) => [`ready.${id}`, `ready.${id}Name`]),
  ...['waiting', 'answered', 'dead'].map((state) => `letters.${state}`),
  ...['notOpen', 'noReply', 'nothingSent', 'noAccount'].map((key) => `mishap.${key}`),
];
/** What servers and types name; no table lists them. */
const groups = new Set(['refusal', 'kind', 'fact', 'talk', 'filter', 'ready']);

describe('the texts of the sidebar', () => {
  it('are all there and all used', async () => {
    const existing = keysOf(catalogue()[name], '');
    const wanted = new Set([...(await literals(existing)), ...composed]);
    assert.deepEqual(
      [...wanted].filter((key) => !existing.includes(key)),
      [],
      'used, but not in the catalogue',
    );
    const isUsed = (key: string) => wanted.has(key) || groups.has(key.split('.')[0] ?? '');
    assert.deepEqual(
      existing.filter((key) => !isUsed(key)),
      [],
      'in the catalogue, but not used',
    );
  });

  it('fill in only what Node-RED fills in', () => {
    assert.doesNotMatch(JSON.stringify(catalogue()), /\{\{/);
  });
});

describe('the look of the sidebar', () => {
  it('uses no colour but those of the theme', () => {
    const files = readdirSync(join(folder, 'look'));
    const css = files.map((file) => readFileSync(join(folder, 'look', file), 'utf8')).join('\n');
    assert.equal(css.match(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(/gi), null);
    assert.equal(css.match(/--(?!red-ui-)[a-z-]+(?=[,)])/g), null);
  });
});

function reasonsOf(key: (typeof whyKeys)[number]): readonly string[] {
  const words = { say: (text: string) => text, nameOf: (id: string) => id };
  const row = { field: 'message.text', operator: 'equals', value: 'x' };
  const values = [
    {},
    { ...row, actual: null },
    { ...row, actual: 'y' },
    { reason: 'r' },
    { count: 2 },
  ];
  return values.map((given) => reasonOf({ key, values: given }, words).key);
}

/** Every literal in the bundle that has the form of a key of one of the groups. */
async function literals(existing: readonly string[]): Promise<readonly string[]> {
  const known = new Set(existing.map((key) => key.split('.')[0]));
  const { outputFiles } = await build({
    entryPoints: [join(folder, `${name}.editor.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    loader: { '.css': 'empty' },
  });
  const texts = [...(outputFiles[0]?.text ?? '').matchAll(/["']([a-z]+)\.([a-zA-Z]+)["']/g)];
  return texts
    .filter(([, group = '', key]) => known.has(group) && key !== 'editor')
    .map(([, group, key]) => `${group}.${key}`);
}

function keysOf(value: unknown, path: string): string[] {
  if (typeof value === 'string') return [path];
  return Object.entries(value as object).flatMap(([key, inner]) =>
    keysOf(inner, path === '' ? key : `${path}.${key}`),
  );
}

function catalogue(): Record<string, unknown> {
  const path = join(folder, 'locales/en-US', `${name}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}
