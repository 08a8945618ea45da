import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const original = 'en-US';
/** By the names under which Node-RED looks for them. */
const languages = ['it', 'es', 'pt-BR', 'de'];

const folders = ['nodes', 'plugins'].flatMap((parent) =>
  readdirSync(join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map(({ name }) => join(parent, name, 'locales')),
);

type Texts = ReadonlyMap<string, string>;

for (const language of languages) {
  describe(`the texts in ${language}`, () => {
    for (const folder of folders) {
      const [, name = ''] = folder.split('/');

      it(`of ${name} are those of the original, each with the same places to fill in`, () => {
        const there = catalogue(folder, original, name);
        const here = catalogue(folder, language, name);
        assert.deepEqual([...here.keys()].sort(), [...there.keys()].sort());
        for (const [key, text] of there) {
          const translated = here.get(key) ?? '';
          assert.notEqual(translated.trim(), '', key);
          assert.deepEqual(placesIn(translated), placesIn(text), key);
          assert.deepEqual(tagsIn(translated), tagsIn(text), key);
        }
      });

      it(`of ${name} are translated`, () => {
        const there = catalogue(folder, original, name);
        const sentences = [...catalogue(folder, language, name)].filter(([, text]) =>
          /(\w+\W+){5}/.test(text.replaceAll(/<code>.*?<\/code>/g, '')),
        );
        const left = sentences.filter(([key, text]) => there.get(key) === text);
        assert.deepEqual(left, []);
      });

      if (!folder.startsWith('nodes')) continue;
      it(`of the help of ${name} say all that the original says, under the same names`, () => {
        const there = help(folder, original, name);
        const here = help(folder, language, name);
        assert.deepEqual(outline(here), outline(there));
        assert.deepEqual(codes(here), codes(there));
        assert.notEqual(here, there);
      });
    }
  });
}

/** Texts by their whole key. */
function catalogue(folder: string, language: string, name: string): Texts {
  const text = read(folder, language, `${name}.json`);
  const texts = new Map<string, string>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') texts.set(key, value);
    else for (const [part, inner] of Object.entries(value as object)) walk(inner, `${key}.${part}`);
  };
  walk(JSON.parse(text), '');
  return texts;
}

function help(folder: string, language: string, name: string): string {
  return read(folder, language, `${name}.html`);
}

function read(folder: string, language: string, file: string): string {
  return readFileSync(join(root, folder, language, file), 'utf8');
}

/** What Node-RED or we put values into. */
function placesIn(text: string): readonly string[] {
  return (text.match(/__\w+__|\{\{\w+\}\}/g) ?? []).toSorted();
}

function tagsIn(text: string): readonly string[] {
  return (text.match(/<\/?\w+/g) ?? []).toSorted();
}

/** Headings, lists and definitions in their order; what stands within a sentence may move. */
function outline(html: string): readonly string[] {
  return html.match(/<\/?(?:script|h3|h4|dl|dt|dd|ul|ol|li|p|table|tr|td|th|pre)\b/g) ?? [];
}

/** Names in code are names: they are not translated. Quoted samples may be. */
function codes(html: string): readonly string[] {
  return [...html.matchAll(/<code>(.*?)<\/code>/gs)]
    .map(([, code = '']) => code.replace(/\s+/g, ' '))
    .toSorted();
}
