import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { providers } from '../../../src/provider/registry.ts';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'docs/providers');
const guides = readdirSync(folder).filter((file) => file !== 'README.md');
const locale = join(root, 'nodes/whatsapp-account/locales/en-US/whatsapp-account.json');
const form = JSON.parse(readFileSync(locale, 'utf8'))['whatsapp-account'];

describe('the guides', () => {
  it('are one for each provider, and all in the list', () => {
    assert.deepEqual(guides, [...providers.keys()].map((name) => `${name}.md`).toSorted());
    for (const guide of guides) assert.ok(textOf('README.md').includes(`(${guide})`), guide);
  });

  for (const guide of guides) {
    it(`${guide} names the fields as the account's form does, and says what is wrong where`, () => {
      const provider = guide.replace('.md', '');
      const rows = tableOf(sectionOf(guide, 'In the whatsapp-account node'));
      assert.equal(rows.get('Provider'), form.provider[provider]);
      const labels = labelsFor(provider);
      for (const name of [...rows.keys()].flatMap((names) => names.split(', '))) {
        assert.ok(labels.has(name), `the form has no "${name}"`);
      }
      assert.ok(tableOf(sectionOf(guide, 'What a wrong setting looks like')).size > 3);
    });
  }

  it('lead to nothing that is not there', () => {
    for (const guide of [...guides, 'README.md']) {
      for (const [, path = '', anchor] of textOf(guide).matchAll(/\]\(([^)#:]+)(?:#([^)]+))?\)/g)) {
        const headings = [...textOf(path).matchAll(/^#+ (.+)$/gm)].map(([, words = '']) =>
          words.toLowerCase().replaceAll(' ', '-'),
        );
        if (anchor !== undefined) assert.ok(headings.includes(anchor), `${guide}: #${anchor}`);
      }
    }
  });
});

function textOf(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

function sectionOf(guide: string, title: string): string {
  const section = textOf(guide)
    .split(/^## /m)
    .find((part) => part.startsWith(`${title}\n`));
  assert.ok(section, `${guide} has no section "${title}"`);
  return section;
}

/** The first table of a section: its first column to its second. */
function tableOf(section: string): ReadonlyMap<string, string> {
  const [table = ''] = /(?:^\|.*\n)+/m.exec(section) ?? [];
  const rows = table.trim().split('\n').slice(2);
  return new Map(
    rows
      .map((row) => row.split('|').map((cell) => cell.trim()))
      .map((cells) => [cells[1] ?? '', cells[2] ?? '']),
  );
}

/** What the form calls its fields; some are called otherwise for a provider. */
function labelsFor(provider: string): ReadonlySet<string> {
  const names = Object.keys(form.label);
  return new Set(names.map((name) => form.labelOf[name]?.[provider] ?? form.label[name]));
}
