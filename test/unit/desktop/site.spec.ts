import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSessions } from '../../../src/desktop/server/sessions.ts';
import { createSite } from '../../../src/desktop/server/site.ts';
import { listen, useAgents } from '../../support/agent.ts';

describe('site of a desktop', () => {
  useAgents();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'desktop-page-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function serve(): Promise<string> {
    const site = createSite({
      fullPath: '/agents',
      frames: [],
      origins: [],
      pageFolder: folder,
      agents: [],
      passwords: new Map(),
      sessions: createSessions(),
      login: () => Promise.reject(new Error('not asked for')),
      now: Date.now,
      loggedOut: () => undefined,
    });
    return listen(
      createServer((message, response) => {
        const request = { message, rest: message.url ?? '', secure: false, address: '127.0.0.1' };
        site(request, response).catch(() => response.destroy());
      }),
    );
  }

  const files: readonly [string, string, RegExp][] = [
    ['/', 'index.html', /^text\/html; charset=utf-8$/],
    ['/page.js', 'page.js', /^text\/javascript; charset=utf-8$/],
    ['/style.css', 'style.css', /^text\/css; charset=utf-8$/],
  ];
  for (const [path, file, type] of files) {
    it(`serves ${file} at ${path}`, async () => {
      await writeFile(join(folder, file), `content of ${file}: «è»`);
      const root = await serve();
      const answer = await fetch(`${root}${path}`);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('content-type') ?? '', type);
      assert.equal(await answer.text(), `content of ${file}: «è»`);
      const head = await fetch(`${root}${path}`, { method: 'HEAD' });
      assert.equal(head.headers.get('content-length'), answer.headers.get('content-length'));
      assert.equal(await head.text(), '');
    });
  }

  it('serves no other file of its folder', async () => {
    await writeFile(join(folder, 'secret.txt'), 'secret');
    const root = await serve();
    for (const path of ['/secret.txt', '/index.html', '/%2e%2e/package.json', '/page.js%00']) {
      assert.equal((await fetch(`${root}${path}`)).status, 404, path);
    }
  });

  it('tells that the page is not built', async () => {
    const answer = await fetch(`${await serve()}/`);
    assert.equal(answer.status, 503);
    assert.match(await answer.text(), /not built/);
  });

  it('has nothing for a logout of nobody to do', async () => {
    assert.equal((await fetch(`${await serve()}/logout`, { method: 'POST' })).status, 204);
  });
});
