import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSessions } from '../../../src/desktop/server/sessions.ts';
import { HttpFault } from '../../../src/desktop/server/http-fault.ts';
import { createSite, type SiteOptions } from '../../../src/desktop/server/site.ts';
import { listen, useAgents } from '../../support/agent.ts';

describe('site of a desktop', () => {
  useAgents();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'desktop-page-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function serve(more: Partial<SiteOptions> = {}): Promise<string> {
    const site = createSite({
      fullPath: '/agents',
      frames: [],
      origins: [],
      embedIn: [],
      signOn: { kind: 'none' },
      language: 'auto',
      pageFolder: folder,
      passwords: new Map(),
      sessions: createSessions(),
      door: () => undefined,
      login: () => Promise.reject(new HttpFault(401, 'not asked for')),
      admit: () => undefined,
      mediaDesk: { answer: () => Promise.reject(new HttpFault(404, 'There is no such file.')) },
      report: () => undefined,
      clock: () => performance.now(),
      ...more,
    });
    return listen(
      createServer((message, response) => {
        const reach = { secure: false, address: '127.0.0.1', proxied: false };
        const request = { message, rest: message.url ?? '', ...reach };
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

  it('tells the page its language in the first tag, unless the browser shall decide', async () => {
    await writeFile(join(folder, 'index.html'), '<!doctype html>\n<html lang="en">\n</html>');
    const html = async (language: 'auto' | 'it') =>
      (await fetch(`${await serve({ language })}/`)).text();
    assert.match(await html('auto'), /<html lang="en">/);
    assert.match(await html('it'), /<html lang="it" data-language="it">/);
  });

  const post = async (path: string, more: Record<string, string> = {}) => {
    const headers = { 'content-type': 'application/json', ...more };
    return fetch(`${await serve()}${path}`, { method: 'POST', body: '{}', headers });
  };

  it('has nothing for a logout of nobody to do', async () => {
    assert.equal((await post('/logout')).status, 204);
  });

  for (const path of ['/login', '/logout', '/session']) {
    it(`does not heed a POST to ${path} that a form of another site can make (A4)`, async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
        assert.equal((await post(path, { 'content-type': type })).status, 415, type);
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
      ]) {
        assert.equal((await post(path, headers)).status, 403, JSON.stringify(headers));
      }
    });
  }

  it('gives no other site leave to send what a form cannot (A4)', async () => {
    const answer = await fetch(`${await serve()}/login`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    assert.equal(answer.status, 405);
    assert.deepEqual(
      [...answer.headers.keys()].filter((name) => name.startsWith('access-control')),
      [],
    );
  });

  it('sends the headers that keep foreign things out with every answer (A9)', async () => {
    const root = await serve();
    const asked: [string, string, string?][] = [
      ['GET', '/'],
      ['GET', '/nothing'],
      ['GET', '/session'],
      ['POST', '/session', '{}'],
      ['POST', '/session', '{'],
      ['POST', '/session', '{"token":5}'],
      ['POST', '/login', '{}'],
      ['POST', '/login', `"${'x'.repeat(20_000)}"`],
      ['POST', '/logout', '{}'],
      ['PUT', '/login', '{}'],
      ['GET', '/channel'],
    ];
    const statuses = new Set<number>();
    for (const [method, path, body] of asked) {
      const { status, headers } = await fetch(`${root}${path}`, {
        method,
        redirect: 'manual',
        ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
      });
      const what = `${method} ${path} ${status}`;
      statuses.add(status);
      const policy = (headers.get('content-security-policy') ?? '').split('; ');
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]) {
        assert.ok(policy.includes(rule), `${what}: ${rule}`);
      }
      assert.equal(headers.get('x-frame-options'), 'DENY', what);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', what);
      assert.equal(headers.get('cache-control'), 'no-store', what);
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin-allow-popups', what);
      assert.equal(headers.get('referrer-policy'), 'no-referrer', what);
    }
    assert.deepEqual(
      [...statuses].sort((one, other) => one - other),
      [204, 400, 401, 404, 405, 413, 426, 503],
    );
  });

  it('may be framed by the sites that are named, and by no other (A9)', async () => {
    const embedIn = ['https://crm.example.com', 'http://localhost:3000'];
    const { headers } = await fetch(`${await serve({ embedIn })}/session`);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /frame-ancestors https:\/\/crm\.example\.com http:\/\/localhost:3000;/);
    assert.equal(headers.get('x-frame-options'), null);
  });
});
