import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mock } from 'node:test';
import {
  handshake,
  listen,
  logIn,
  logOut,
  openChannel,
  openPage,
  serveDesktops,
  useAgents,
} from '../support/agent.ts';
import {
  agentsOf,
  credentials,
  desktopFlow,
  hashes,
  passwords,
  registers,
  useDesktopFlow,
} from '../support/desktop-flow.ts';
import { deploy, type FlowNode, redeploy, runtimeApi, useRuntime } from '../support/flow.ts';

describe('agent-desktop: who may come in', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();

  const start = (more: object = {}, ...others: readonly FlowNode[]) =>
    deploy(registers, desktopFlow({ desktop: more }, ...others), credentials());
  const desktopAt = async (path = 'agents') => `${await serveDesktops()}/${path}`;

  /** Starts with the clock of the machine in hand; the answer sets it by so many days. */
  async function startByClock(): Promise<(days: number) => void> {
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    await start();
    return (days) => mock.timers.setTime(Date.now() + days * 86_400_000);
  }
  afterEach(() => mock.timers.reset());

  describe('login', () => {
    it('lets an agent in with the right password and tells who it is', async () => {
      await start();
      const desktop = await desktopAt();
      const answer = await logIn(desktop, 'anna', passwords.anna);
      assert.equal(answer.status, 200);
      const view = { username: 'anna', name: 'ANNA', role: 'agent' };
      assert.deepEqual(answer.body, view);
      const session = await fetch(`${desktop}/session`, { headers: { cookie: answer.cookie } });
      assert.deepEqual(await session.json(), view);
    });

    it('answers a wrong password, an unknown user and an agent without one alike', async () => {
      await start();
      const desktop = await desktopAt();
      const answers = await Promise.all(
        [
          ['anna', 'wrong'],
          ['nobody', passwords.anna],
          ['dora', ''],
          ['__proto__', 'x'],
        ].map(([username, password]) => logIn(desktop, username!, password!)),
      );
      for (const { status, body, cookie } of answers) {
        assert.equal(status, 401);
        assert.equal(cookie, '');
        assert.deepEqual(body, answers[0]!.body);
      }
    });

    it('makes a guesser wait, and the right password with him', async () => {
      await start();
      const desktop = await desktopAt();
      for (let count = 0; count < 5; count += 1) {
        assert.equal((await logIn(desktop, 'anna', 'wrong')).status, 401);
      }
      const blocked = await logIn(desktop, 'anna', passwords.anna);
      assert.equal(blocked.status, 429);
      assert.equal(blocked.headers.get('retry-after'), '5');
      assert.equal((await logIn(desktop, 'bruno', passwords.bruno)).status, 200);
      await redeploy(desktopFlow(), 'full', credentials());
      assert.equal((await logIn(desktop, 'anna', passwords.anna)).status, 429);
    });

    it('lets nobody wait the longer because a clock was set back', async () => {
      const setClock = await startByClock();
      const desktop = await desktopAt();
      for (let count = 0; count < 5; count += 1) await logIn(desktop, 'anna', 'wrong');
      setClock(-1);
      const blocked = await logIn(desktop, 'anna', passwords.anna);
      assert.ok(Number(blocked.headers.get('retry-after')) <= 5);
    });

    it('gives the session in a cookie that no script and no other site can use', async () => {
      await start();
      const desktop = await desktopAt();
      const { headers } = await logIn(desktop, 'anna', passwords.anna);
      assert.match(
        headers.get('set-cookie') ?? '',
        /^agent-desktop=[\w-]{43}; Path=\/agents; HttpOnly; SameSite=Strict$/,
      );
    });

    it('marks the cookie as secure behind a proxy that is trusted, and only there (A3)', async () => {
      await start();
      const desktop = await desktopAt();
      const forwarded = {
        'x-forwarded-proto': 'https',
        origin: desktop.replace('http:', 'https:'),
      };
      const sent = { ...forwarded, origin: new URL(forwarded.origin).origin };
      const spoofed = await logIn(desktop, 'anna', passwords.anna, sent);
      assert.doesNotMatch(spoofed.headers.get('set-cookie') ?? '', /Secure/);
      runtimeApi().httpNode.set('trust proxy', 1);
      const trusted = await logIn(desktop, 'anna', passwords.anna, sent);
      assert.match(
        trusted.headers.get('set-cookie') ?? '',
        /^__Host-agent-desktop\.agents=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
      );
      const plain = await fetch(`${desktop}/session`, { headers: { cookie: trusted.cookie } });
      assert.equal(plain.status, 204);
    });

    it('refuses what another site posts', async () => {
      await start({ origins: ['https://portal.example.com'] });
      const desktop = await desktopAt();
      const status = async (headers: Record<string, string>) =>
        (await logIn(desktop, 'anna', passwords.anna, headers)).status;
      assert.equal(await status({ origin: 'https://evil.example' }), 403);
      assert.equal(await status({ origin: 'null' }), 403);
      assert.equal(await status({ 'sec-fetch-site': 'cross-site' }), 403);
      assert.equal(await status({ 'sec-fetch-site': 'same-site' }), 403);
      assert.equal(await status({ origin: 'https://portal.example.com' }), 200);
      assert.equal(await status({ origin: new URL(desktop).origin }), 200);
      assert.equal(await status({ 'sec-fetch-site': 'same-origin' }), 200);
    });

    const bodies: readonly [string, string, string, number][] = [
      ['a form', 'application/x-www-form-urlencoded', 'username=anna&password=x', 415],
      ['JSON that says it is text', 'text/plain', '{"username":"anna","password":"x"}', 415],
      ['what is not JSON', 'application/json', '{"username":', 400],
      ['another shape', 'application/json', '{"username":["anna"],"password":{}}', 400],
      ['null', 'application/json', 'null', 400],
      ['too much', 'application/json', JSON.stringify({ username: 'x'.repeat(20_000) }), 413],
    ];
    for (const [what, type, body, status] of bodies) {
      it(`answers ${status} to ${what}`, async () => {
        await start();
        const headers = { 'content-type': type };
        const request = { method: 'POST', headers, body };
        assert.equal((await fetch(`${await desktopAt()}/login`, request)).status, status);
      });
    }

    it('takes a body that the editor has parsed before', async () => {
      await start();
      const { httpNode, httpAdmin } = runtimeApi();
      httpAdmin.use(httpNode);
      const desktop = `${await listen(createServer(httpAdmin))}/agents`;
      assert.equal((await logIn(desktop, 'anna', passwords.anna)).status, 200);
      const form = { method: 'POST', body: new URLSearchParams({ username: 'anna' }) };
      assert.equal((await fetch(`${desktop}/login`, form)).status, 415);
    });
  });

  describe('session', () => {
    it('has a new id with every login, and the old one of the browser ends', async () => {
      await start();
      const desktop = await desktopAt();
      const first = await logIn(desktop, 'anna', passwords.anna);
      const second = await logIn(desktop, 'anna', passwords.anna, { cookie: first.cookie });
      assert.notEqual(first.cookie, second.cookie);
      const status = async (cookie: string) =>
        (await fetch(`${desktop}/session`, { headers: { cookie } })).status;
      assert.equal(await status(first.cookie), 204);
      assert.equal(await status(second.cookie), 200);
      assert.equal(await status('agent-desktop=planted'), 204);
    });

    it('goes on when a clock is set forward by a day', async () => {
      const setClock = await startByClock();
      const desktop = await desktopAt();
      const { cookie } = await logIn(desktop, 'anna', passwords.anna);
      setClock(1);
      assert.equal((await fetch(`${desktop}/session`, { headers: { cookie } })).status, 200);
    });

    it('ends with the logout, and its channels with it, but no other session does', async () => {
      await start();
      const desktop = await desktopAt();
      const one = await openPage(desktop, 'anna', passwords.anna);
      const other = await openPage(desktop, 'anna', passwords.anna);
      const answer = await logOut(desktop, one.cookie);
      assert.equal(answer.status, 204);
      assert.match(answer.headers.get('set-cookie') ?? '', /^agent-desktop=;.*Max-Age=0/);
      assert.equal(await one.closed, 4003);
      assert.equal(await handshake(desktop, { cookie: one.cookie }), 401);
      other.say({ type: 'ping' });
      await other.next('pong');
    });

    it('outlives a redeploy, while channels are asked to come again', async () => {
      await start();
      const { desktop, pages } = await agentsOf('anna');
      await redeploy(desktopFlow(), 'full', credentials());
      assert.equal(await pages[0].closed, 1012);
      await openChannel(desktop, pages[0].cookie);
    });

    it('ends for an agent who is taken out, or has a new password or another role (A2)', async () => {
      const all = ['anna', 'bruno', 'carla', 'emma'].map((username) => ({ username }));
      const { carla } = hashes;
      const passwordsNow = { ...hashes, emma: carla };
      await deploy(registers, desktopFlow({ desktop: { agents: all } }), {
        ...credentials(),
        desktop: { passwords: JSON.stringify(passwordsNow) },
      });
      const { desktop, pages } = await agentsOf('anna', 'bruno', 'carla');
      const emma = await openPage(desktop, 'emma', passwords.carla);
      const changed = JSON.stringify({ ...passwordsNow, bruno: carla });
      const agents = [...all.slice(1, 3), { username: 'emma', role: 'supervisor' }];
      await redeploy(desktopFlow({ desktop: { agents } }), 'full', {
        ...credentials(),
        desktop: { passwords: changed },
      });
      const { origin } = new URL(desktop);
      const statuses = await Promise.all(
        [...pages, emma].map(({ cookie }) => handshake(desktop, { cookie, origin })),
      );
      assert.deepEqual(statuses, [401, 401, 101, 401]);
    });
  });
});
