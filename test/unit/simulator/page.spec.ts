import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPage } from '../../../src/simulator/server/page.ts';

const root = join(import.meta.dirname, '../../..');
const script = 'const end = "</script><b>";';
const style = 'body { color: red }';

describe('the page of the simulator', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-page-'));
    await writeFile(join(folder, 'page.js'), script);
    await writeFile(join(folder, 'style.css'), style);
    const html = await readFile(join(root, 'src/simulator/app/index.html'));
    await writeFile(join(folder, 'index.html'), html);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is one document that loads nothing', async () => {
    const { html, door } = await loadPage(folder);
    for (const text of [html, door])
      assert.doesNotMatch(text, /<script[^>]*src=|<link[^>]*stylesheet/);
    assert.ok(html.includes(`<style>${style}</style>`));
  });

  it('allows exactly its own script and style, and the door its own', async () => {
    const { html, door, headers } = await loadPage(folder);
    const policy = headers['content-security-policy'] ?? '';
    assert.match(policy, /^default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    for (const text of [html, door]) {
      for (const tag of ['script', 'style']) {
        const content = new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`).exec(text)?.[1] ?? '';
        assert.notEqual(content, '');
        const hash = createHash('sha256').update(content).digest('base64');
        assert.ok(sourcesOf(policy, `${tag}-src`).includes(`'sha256-${hash}'`));
      }
    }
  });

  it('does not end its script early where the code speaks of a script', async () => {
    const { html } = await loadPage(folder);
    assert.ok(html.includes('const end = "<\\/script><b>";</script>'));
  });

  it('holds nothing of the simulator in the door', async () => {
    const { door } = await loadPage(folder);
    assert.ok(!door.includes('const end'));
    assert.match(door, /Log in to the editor first/);
  });
});

function sourcesOf(policy: string, directive: string): readonly string[] {
  const found = policy.split('; ').find((entry) => entry.startsWith(`${directive} `));
  return found?.split(' ').slice(1) ?? [];
}
