import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import '../support/e2e.ts';
import { openEditor } from '../support/editor.ts';
import { type FlowItem, lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { packageName, type PackedPackage, packedPackage } from '../support/packed-package.ts';

const nodeTypes = words(
  'whatsapp-in trigger-condition url-forward browser-popup cti-url script whatsapp-out interaction',
);
const configTypes = words(
  'whatsapp-account whatsapp-queue agent-desktop popup-template trigger-variables trigger-store',
);
const types = [...nodeTypes, ...configTypes];

function words(text: string): string[] {
  return text.split(' ');
}

describe('The packed package', () => {
  let packed: PackedPackage;

  before(async () => {
    packed = await packedPackage();
  });

  it('holds what runs, the examples and the papers, and nothing else', () => {
    const allowed =
      /^(dist\/|examples\/.+\.json$|(README|CHANGELOG|LICENSE|THIRD-PARTY-NOTICES)(\.md)?$|package\.json$)/;
    assert.deepEqual(
      packed.files.filter((file) => !allowed.test(file)),
      [],
    );
    assert.deepEqual(
      packed.files.filter((file) => /\.(ts|tsx|mjs|cjs|spec\.js)$/.test(file)),
      [],
    );
    for (const paper of ['README.md', 'CHANGELOG.md', 'LICENSE']) {
      assert.ok(packed.files.includes(paper), paper);
    }
  });

  it('brings every type with its form, words, help and icon', () => {
    assert.deepEqual(Object.keys(packed.manifest['node-red'].nodes).sort(), types.toSorted());
    for (const type of types) {
      const folder = `dist/nodes/${type}`;
      for (const file of [`${type}.js`, `${type}.html`, `locales/en-US/${type}.json`]) {
        assert.ok(packed.files.includes(`${folder}/${file}`), `${folder}/${file}`);
      }
      assert.ok(packed.files.includes(`${folder}/locales/en-US/${type}.html`), `help of ${type}`);
      assert.ok(packed.files.includes(`${folder}/icons/${type}.svg`), `icon of ${type}`);
    }
  });

  it('carries no name of the machine that built it', async () => {
    const suspicious = new RegExp(`${join(import.meta.dirname, '../..')}/`);
    for (const file of packed.files) {
      assert.doesNotMatch(await readFile(join(packed.folder, file), 'utf8'), suspicious, file);
    }
  });
});

for (const line of lines) {
  describe(`The installed package, on Node-RED ${line}`, () => {
    let nodeRed: NodeRed;

    before(async () => {
      nodeRed = await startNodeRed({ line });
    });
    after(() => nodeRed?.remove());

    interface NodeSet {
      readonly module: string;
      readonly types: readonly string[];
      readonly enabled: boolean;
      readonly err?: string;
    }

    it('registers every type', async () => {
      const sets = (await nodeRed.adminJson<NodeSet[]>('/nodes')).filter(
        ({ module }) => module === packageName,
      );
      assert.deepEqual(
        sets.filter(({ enabled, err }) => !enabled || err !== undefined),
        [],
      );
      assert.deepEqual(sets.flatMap((set) => set.types).sort(), types.toSorted());
    });

    it('shows the eight nodes in a palette category of their own', async () => {
      const editor = await openEditor(nodeRed.url);
      const category = editor.page.locator(
        '[id="red-ui-palette-whatsapp_triggers"], [id="red-ui-palette-container-whatsapp_triggers"]',
      );
      const shown = await category
        .locator('.red-ui-palette-node')
        .evaluateAll((nodes: any[]) => nodes.map((node) => node.dataset.paletteType));
      assert.deepEqual(shown, nodeTypes);
      assert.deepEqual(editor.complaints, []);
      await editor.close();
    });

    const library = `/library/examples/flows/${packageName}`;

    async function exampleNames(): Promise<string[]> {
      const listed = await nodeRed.adminJson<{ fn: string }[]>(library);
      return listed.map(({ fn }) => fn);
    }

    it("offers the examples in the editor's import menu", async () => {
      const names = await exampleNames();
      assert.ok(names.length >= 6, names.join(', '));
      const { page, complaints, close } = await openEditor(nodeRed.url);
      await page.locator('#red-ui-workspace-chart').click();
      await page.keyboard.press('Control+i');
      await page.locator('#red-ui-clipboard-dialog-import-tabs').getByText('Examples').click();
      const examples = page.locator('#red-ui-clipboard-dialog-import-tab-examples');
      await examples.getByText(packageName).click();
      for (const name of names) await examples.getByText(name, { exact: true }).waitFor();
      await examples.getByText(names[0] ?? '', { exact: true }).click();
      await page.locator('#red-ui-clipboard-dialog-ok').click();
      await page.locator('.red-ui-notification', { hasText: 'Imported' }).waitFor();
      assert.deepEqual(complaints, []);
      await close();
    });

    it('has an example for every type, each explained and ready to be deployed', async () => {
      const used = new Set<string>();
      for (const name of await exampleNames()) {
        const flow = await nodeRed.adminJson<FlowItem[]>(`${library}/${encodeURI(name)}`);
        for (const { type } of flow) used.add(type);
        assert.ok(
          flow.some(({ type }) => type === 'comment'),
          `${name} has no comment`,
        );
        const from = nodeRed.log.length;
        await nodeRed.deploy(flow);
        // A script is denied until the operator has named a folder for it.
        const complaints = nodeRed.log
          .slice(from)
          .split('\n')
          .filter((entry) => entry.includes('[error]') && !entry.includes('E_SCRIPT_DENIED'));
        assert.deepEqual(complaints, [], name);
      }
      assert.deepEqual(
        nodeTypes.filter((type) => !used.has(type)),
        [],
      );
    });
  });
}
