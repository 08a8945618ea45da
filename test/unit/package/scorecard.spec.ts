import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const manifest = JSON.parse(read('package.json')) as {
  readonly name: string;
  readonly license?: string;
  readonly keywords: readonly string[];
  readonly bugs?: unknown;
  readonly repository?: unknown;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly 'node-red': {
    readonly version?: string;
    readonly nodes: Readonly<Record<string, string>>;
  };
};
const types = Object.keys(manifest['node-red'].nodes);

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** What the call of `registerType` is given; the Flow Library reads it without running it. */
function definitionOf(type: string): string {
  const editor = read(`nodes/${type}/${type}.editor.ts`);
  const start = editor.indexOf(`RED.nodes.registerType('${type}', {\n`);
  assert.notEqual(start, -1);
  return editor.slice(start, editor.indexOf('\n});\n', start));
}

describe("what the Flow Library's scorecard asks of the package (npm run scorecard)", () => {
  it('has a licence, a repository, a place for bugs, the keyword and a name', () => {
    const { name, license, repository, bugs, keywords } = manifest;
    assert.ok(license !== undefined && repository !== undefined && bugs !== undefined);
    assert.ok(keywords.includes('node-red'));
    assert.match(name, /^node-red-contrib-[a-z-]+$/);
  });

  it('says with which Node-RED it works, and that is the one it is tested with', () => {
    assert.equal(manifest['node-red'].version, '>=4.1.0');
    for (const line of ['node-red', 'node-red-4']) {
      const { version } = JSON.parse(read(`node_modules/${line}/package.json`)) as {
        version: string;
      };
      const [major = 0, minor = 0] = version.split('.').map(Number);
      assert.ok(major > 4 || (major === 4 && minor >= 1), version);
    }
  });

  it('has six dependencies at most, each with the newer minor versions of it, and runs nothing at install', () => {
    const ranges = Object.entries(manifest.dependencies);
    assert.ok(ranges.length <= 6);
    for (const [name, range] of ranges) assert.match(range, /^\^\d+\.\d+\.\d+$/, name);
    const hooks = Object.keys(manifest.scripts).filter((name) => /install$|^prepare$/.test(name));
    assert.deepEqual(hooks, []);
  });

  it('uses every node in an example', () => {
    const flows = readdirSync(join(root, 'examples')).map(
      (file) => JSON.parse(read(`examples/${file}`)) as readonly { type: string }[],
    );
    const used = new Set(flows.flat().map(({ type }) => type));
    const nodes = types.filter((type) => !definitionOf(type).includes("category: 'config'"));
    assert.equal(nodes.length, 8);
    assert.deepEqual(
      nodes.filter((type) => !used.has(type)),
      [],
    );
  });

  for (const type of types) {
    it(`can read the definition of ${type}`, () => {
      const definition = definitionOf(type);
      for (const property of ['category', 'color', 'icon']) {
        assert.match(definition, new RegExp(`\\n {2}${property}: '[^']+',\\n`), property);
      }
      if (!definition.includes("category: 'config'")) {
        assert.match(definition, /\n {2}inputs: \d,\n {2}outputs: \d,\n/);
      }
      const [, defaults = ''] = /\n {2}defaults: \{\n(.*?)\n {2}\},\n/s.exec(definition) ?? [];
      const own = defaults.split('\n').filter((row) => /^ {4}[^ }]/.test(row));
      assert.ok(own.length > 1);
      assert.deepEqual(
        own.filter((row) => !/^ {4}\w+: \{/.test(row)),
        [],
        'properties that are not written out',
      );
    });
  }
});
