import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { listen, logIn, openChannel, serveDesktops, useAgents } from '../support/agent.ts';
import {
  agentsOf,
  credentials,
  desktopFlow,
  onTab,
  passwords,
  registers,
  reportsOf,
  useDesktopFlow,
} from '../support/desktop-flow.ts';
import {
  deploy,
  type FlowNode,
  node,
  nextInput,
  redeploy,
  runtimeApi,
  settings,
  useRuntime,
} from '../support/flow.ts';
import { incomingEvent } from '../fixtures/event.ts';

describe('agent-desktop', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();

  const start = (more: object = {}, ...others: readonly FlowNode[]) =>
    deploy(registers, desktopFlow({ desktop: more }, ...others), credentials());
  const desktopAt = async (path = 'agents') => `${await serveDesktops()}/${path}`;

  describe('page', () => {
    it('answers everything with headers that let nothing foreign in', async () => {
      await start({ frames: ['crm.example.com', '*.example.org:8443', ''] });
      const desktop = await desktopAt();
      for (const path of ['', '/', '/page.js', '/style.css', '/session', '/nothing', '/channel']) {
        const { headers } = await fetch(`${desktop}${path}`, { redirect: 'manual' });
        const policy = headers.get('content-security-policy') ?? '';
        assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/, path);
        assert.match(policy, /frame-ancestors 'none'/, path);
        assert.match(policy, /frame-src crm\.example\.com \*\.example\.org:8443;/, path);
        assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
        assert.equal(headers.get('cache-control'), 'no-store', path);
        assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
        assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin-allow-popups', path);
      }
    });

    it('has a slash at the end of its address, other addresses and methods are none', async () => {
      await start({ path: '/agents/milano/' });
      const desktop = await desktopAt('agents/milano');
      const bare = await fetch(desktop, { redirect: 'manual' });
      assert.equal(bare.status, 302);
      assert.equal(bare.headers.get('location'), '/agents/milano/');
      assert.equal((await fetch(`${desktop}/page.js/`)).status, 404);
      assert.equal((await fetch(`${desktop}/../page.js`)).status, 404);
      assert.equal((await fetch(`${desktop}/login`)).status, 405);
      const put = await fetch(`${desktop}/session`, { method: 'PUT' });
      assert.equal(put.status, 405);
      assert.equal(put.headers.get('allow'), 'GET, HEAD, POST');
    });

    it('stands below httpNodeRoot, with its cookie and its channel', async () => {
      settings({ httpNodeRoot: '/red/' });
      await start();
      const { default: express } = await import('express');
      const { httpNode, server: runtimeServer } = runtimeApi();
      const server = createServer(express().use('/red', httpNode));
      server.on('upgrade', (...request) => runtimeServer.emit('upgrade', ...request));
      const desktop = `${await listen(server)}/red/agents`;
      const { headers, cookie } = await logIn(desktop, 'anna', passwords.anna);
      assert.match(headers.get('set-cookie') ?? '', /Path=\/red\/agents;/);
      await openChannel(desktop, cookie);
    });
  });

  describe('configuration', () => {
    const wrong: readonly [string, object][] = [
      ['a path with odd characters', { path: 'agents?x' }],
      ['a path that climbs', { path: '../agents' }],
      ['the path of the webhooks', { path: 'whatsapp/agents' }],
      ['a host that would be a rule of its own', { frames: ["x; script-src 'unsafe-inline'"] }],
      ['an origin with a path', { origins: ['https://example.com/'] }],
      ['a user name that is there twice', { agents: [{ username: 'a' }, { username: 'a ' }] }],
      ['a user name with a comma', { agents: [{ username: 'a,b' }] }],
    ];
    for (const [what, more] of wrong) {
      it(`is refused with E_CONFIG for ${what}`, async () => {
        await start(more);
        assert.equal(reportsOf('desktop', 'error')[0].code, 'E_CONFIG');
        const root = await serveDesktops();
        assert.equal((await fetch(`${root}/agents/`)).status, 404);
      });
    }

    it('is refused for a password that is not a hash, without telling it', async () => {
      const secret = { desktop: { passwords: '{"anna":"plain text"}' } };
      await deploy(registers, desktopFlow(), secret);
      const [error] = reportsOf('desktop', 'error');
      assert.equal(error.code, 'E_CONFIG');
      assert.match(error.message, /"anna"/);
      assert.doesNotMatch(error.message, /plain/);
    });

    it('is refused where httpNodeRoot is false', async () => {
      settings({ httpNodeRoot: false });
      await start();
      assert.match(reportsOf('desktop', 'error')[0].message, /httpNodeRoot/);
    });

    it('is refused on the path of another desktop, or inside it', async () => {
      const second = { id: 'second', type: 'agent-desktop', path: 'agents/', store: 'store' };
      const third = { ...second, id: 'third', path: 'agents/login' };
      await start({}, second, third);
      const refused = ['second', 'third'].map((id) => reportsOf(id, 'error')[0].code);
      assert.deepEqual(refused, ['E_CONFIG', 'E_CONFIG']);
      const { pages } = await agentsOf('anna');
      assert.equal(pages.length, 1);
    });

    it('warns of agents who cannot log in', async () => {
      await start();
      assert.match(reportsOf('desktop', 'warn')[0], /dora$/);
    });

    it('hashes a password for the form, with the permission to change a desktop', async () => {
      await start();
      const admin = await listen(createServer(runtimeApi().httpAdmin));
      const url = `${admin}/whatsapp-triggers/agent-desktop/password`;
      const ask = (body: unknown) =>
        fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const { hash } = (await (await ask({ password: 'geheim' })).json()) as { hash: string };
      assert.match(hash, /^\$scrypt\$ln=17,r=8,p=1\$/);
      await redeploy(desktopFlow(), 'full', {
        desktop: { passwords: JSON.stringify({ anna: hash }) },
      });
      assert.equal((await logIn(await desktopAt(), 'anna', 'geheim')).status, 200);
      for (const body of [{}, { password: '' }, { password: 'x'.repeat(257) }, []]) {
        assert.equal((await ask(body)).status, 400);
      }
    });
  });

  describe('end of life', () => {
    it('leaves no listener, route or socket behind, however often it is deployed', async () => {
      await start();
      const { server, httpNode } = runtimeApi();
      const routes = () => (httpNode as unknown as { _router: { stack: unknown[] } })._router.stack;
      const listeners = server.listenerCount('upgrade');
      const { length } = routes();
      const { pages } = await agentsOf('anna');
      for (let count = 0; count < 5; count += 1) {
        await redeploy(
          desktopFlow({ desktop: { name: `Agents ${count}` } }),
          'full',
          credentials(),
        );
      }
      assert.equal(await pages[0].closed, 1012);
      assert.equal(server.listenerCount('upgrade'), listeners);
      assert.equal(routes().length, length);
      await redeploy([]);
      assert.equal(server.listenerCount('upgrade'), listeners - 1);
      const root = await serveDesktops();
      assert.equal((await fetch(`${root}/agents/`)).status, 404);
    });

    it('cuts a page that does not answer the close', async () => {
      await start();
      const { desktop, pages } = await agentsOf('anna');
      const { hostname, port, origin } = new URL(desktop);
      const deaf = connect(Number(port), hostname);
      const key = Buffer.alloc(16).toString('base64');
      deaf.write(
        `GET /agents/channel HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${origin}\r\n` +
          `Cookie: ${pages[0].cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
      );
      deaf.on('error', () => undefined);
      await once(deaf, 'data');
      const gone = once(deaf, 'close');
      deaf.resume();
      await redeploy([]);
      await gone;
    });

    it('lets a message go on whose page nobody has claimed yet', async () => {
      const popup = onTab({
        id: 'action',
        type: 'browser-popup',
        desktop: 'desktop',
        content: 'x',
        target: 'all',
        wires: [['next']],
      });
      await start({}, popup, onTab({ id: 'next', type: 'helper' }));
      const { pages } = await agentsOf('anna');
      const arrival = nextInput('next');
      node('action').receive({ payload: incomingEvent() });
      await pages[0].next('page');
      const { receipt } = await arrival;
      assert.equal(receipt.status, 'queued');
      assert.deepEqual(receipt.agents, ['anna']);
    });
  });
});
