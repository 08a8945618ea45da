import assert from 'node:assert/strict';
import {
  handshake,
  logIn,
  openChannel,
  serveDesktops,
  signOn,
  useAgents,
} from '../support/agent.ts';
import {
  credentials,
  desktopFlow,
  passwords,
  registers,
  reportsOf,
  useDesktopFlow,
} from '../support/desktop-flow.ts';
import { deploy, redeploy, useRuntime } from '../support/flow.ts';
import { createIssuer } from '../support/tokens.ts';

const crm = createIssuer('ES256');

describe('agent-desktop: sign-on', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();

  const start = (desktop: object) => deploy(registers, desktopFlow({ desktop }), credentials());
  const again = (desktop: object) => redeploy(desktopFlow({ desktop }), 'full', credentials());
  const desktopAt = async () => `${await serveDesktops()}/agents`;

  describe('by a token of the CRM', () => {
    const jwt = { signOn: 'jwt', jwtKey: crm.publicKey };

    it('opens the page of the agent whom the token names', async () => {
      await start({ ...jwt, jwtIssuer: 'crm', jwtAudience: 'agents' });
      const desktop = await desktopAt();
      const claims = { sub: 'dora', iss: 'crm', aud: 'agents' };
      const { status, cookie, username } = await signOn(desktop, { token: crm.issue(claims) });
      assert.deepEqual([status, username], [200, 'dora']);
      await openChannel(desktop, cookie);
      const other = { sub: 'dora', iss: 'crm', aud: 'billing' };
      assert.equal((await signOn(desktop, { token: crm.issue(other) })).status, 401);
      assert.match(reportsOf('desktop', 'warn').join(), /another audience/);
    });

    it('takes a token once, also after a deploy', async () => {
      await start(jwt);
      const desktop = await desktopAt();
      const token = crm.issue({ sub: 'anna' });
      assert.equal((await signOn(desktop, { token })).status, 200);
      await again(jwt);
      assert.equal((await signOn(desktop, { token })).status, 401);
    });

    it('is asked of our own page only (A4)', async () => {
      await start(jwt);
      const desktop = await desktopAt();
      const token = crm.issue({ sub: 'anna' });
      const ask = async (origin: string) => (await signOn(desktop, { token }, { origin })).status;
      assert.equal(await ask('https://evil.example'), 403);
      assert.equal(await ask(new URL(desktop).origin), 200);
    });

    it('puts another agent in the place of the one who was there', async () => {
      await start(jwt);
      const desktop = await desktopAt();
      const anna = await signOn(desktop, { token: crm.issue({ sub: 'anna' }) });
      const page = await openChannel(desktop, anna.cookie);
      const bruno = await signOn(
        desktop,
        { token: crm.issue({ sub: 'bruno' }) },
        { cookie: anna.cookie },
      );
      assert.equal(bruno.username, 'bruno');
      assert.equal(await page.closed, 4001);
    });

    /** Whether Anna, who has logged in, stays in when somebody brings this token to her browser. */
    async function annaStays(desktop: string, token: string): Promise<boolean> {
      const { cookie } = await logIn(desktop, 'anna', passwords.anna);
      const { status, ended } = await signOn(desktop, { token }, { cookie });
      const stays = (await fetch(`${desktop}/session`, { headers: { cookie } })).status === 200;
      assert.deepEqual([status, ended === true], [401, !stays], 'the page is told');
      return stays;
    }

    it('ends the session of another agent also when it is signed rightly and refused', async () => {
      await start(jwt);
      const desktop = await desktopAt();
      const spent = crm.issue({ sub: 'bruno' });
      await signOn(desktop, { token: spent });
      assert.equal(await annaStays(desktop, crm.issue({ sub: 'bruno', exp: 1 })), false);
      assert.equal(await annaStays(desktop, crm.issue({ sub: 'nobody' })), false);
      assert.equal(await annaStays(desktop, spent), false);
    });

    it('ends no session when it names who is in, or when anybody could have written it', async () => {
      await start({ ...jwt, jwtIssuer: 'crm' });
      const desktop = await desktopAt();
      const expired = { iss: 'crm', exp: 1 };
      assert.equal(await annaStays(desktop, crm.issue({ ...expired, sub: 'anna' })), true);
      assert.equal(
        await annaStays(desktop, crm.issue({ ...expired, sub: 'bruno', iss: 'x' })),
        true,
      );
      const stranger = createIssuer('ES256').issue({ ...expired, sub: 'bruno' });
      assert.equal(await annaStays(desktop, stranger), true);
      await again({});
      assert.equal(await annaStays(desktop, crm.issue({ ...expired, sub: 'bruno' })), true);
    });

    it('goes on with the cookie when no token is brought', async () => {
      await start(jwt);
      const desktop = await desktopAt();
      assert.equal((await signOn(desktop)).status, 204);
      const { cookie } = await signOn(desktop, { token: crm.issue({ sub: 'anna' }) });
      assert.equal((await signOn(desktop, {}, { cookie })).username, 'anna');
    });

    it('ends its sessions when the key is taken out, and not when one is added', async () => {
      await start(jwt);
      const desktop = await desktopAt();
      const { cookie } = await signOn(desktop, { token: crm.issue({ sub: 'anna' }) });
      const next = createIssuer('EdDSA');
      const { origin } = new URL(desktop);
      await again({ ...jwt, jwtKey: crm.publicKey + next.publicKey });
      assert.equal(await handshake(desktop, { cookie, origin }), 101);
      await again({ ...jwt, jwtKey: next.publicKey });
      assert.equal(await handshake(desktop, { cookie, origin }), 401);
    });
  });

  describe('by a header of the proxy', () => {
    const byHeader = { signOn: 'header', trustedHeader: 'X-Forwarded-User', trustedProxies: '1' };
    const proxied = { 'x-forwarded-for': '192.0.2.7', 'x-forwarded-user': 'dora' };

    it('opens the page of the agent whom the proxy names', async () => {
      await start(byHeader);
      const desktop = await desktopAt();
      const { username, cookie } = await signOn(desktop, {}, proxied);
      assert.equal(username, 'dora');
      await openChannel(desktop, cookie);
    });

    it('is no way around the proxy (A12)', async () => {
      await start(byHeader);
      const desktop = await desktopAt();
      const user = { 'x-forwarded-user': 'anna' };
      assert.equal((await signOn(desktop, {}, user)).status, 204);
      const twice = { ...proxied, 'x-forwarded-user': 'anna, dora' };
      assert.equal((await signOn(desktop, {}, twice)).status, 204);
      await again({});
      assert.equal((await signOn(desktop, {}, proxied)).status, 204);
    });

    it('is not asked again by looking who is there, so that a logout lasts', async () => {
      await start(byHeader);
      const look = await fetch(`${await desktopAt()}/session`, { headers: proxied });
      assert.equal(look.status, 204);
    });

    it('shows a cookie that is meant for TLS when the proxy has TLS', async () => {
      await start(byHeader);
      const headers = { ...proxied, 'x-forwarded-proto': 'https' };
      const { setCookie } = await signOn(await desktopAt(), {}, headers);
      assert.match(
        setCookie,
        /^__Host-agent-desktop\.agents=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
      );
    });
  });

  describe('in a frame of the CRM', () => {
    it('is allowed to the sites that are named, with a cookie that comes along there', async () => {
      const embedIn = ['https://crm.example.com'];
      await start({ signOn: 'jwt', jwtKey: crm.publicKey, embedIn, trustedProxies: 1 });
      const desktop = await desktopAt();
      const page = await fetch(`${desktop}/`);
      assert.match(
        page.headers.get('content-security-policy') ?? '',
        /frame-ancestors https:\/\/crm\.example\.com;/,
      );
      const headers = { 'x-forwarded-for': '192.0.2.7', 'x-forwarded-proto': 'https' };
      const { setCookie } = await signOn(desktop, { token: crm.issue({ sub: 'anna' }) }, headers);
      assert.match(setCookie, /^__Host-.*; Secure; HttpOnly; SameSite=None; Partitioned$/);
    });
  });

  describe('configuration', () => {
    it('warns that no frame keeps the session where TLS ends at a proxy that is not counted', async () => {
      await start({ signOn: 'jwt', jwtKey: crm.publicKey, embedIn: ['https://crm.example.com'] });
      const desktop = await desktopAt();
      const comeIn = (origin: string) =>
        signOn(desktop, { token: crm.issue({ sub: 'anna', jti: origin }) }, { origin });
      assert.equal((await comeIn(new URL(desktop).origin)).status, 200);
      const { host } = new URL(desktop);
      assert.equal((await comeIn(`https://${host}`)).status, 200);
      const warnings = reportsOf('desktop', 'warn').filter((text) => /trustedProxies/.test(text));
      assert.equal(warnings.length, 1);
    });

    const secret = crm.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const wrong: readonly [string, object, RegExp][] = [
      ['no key', { signOn: 'jwt' }, /jwtKey/],
      ['a private key', { signOn: 'jwt', jwtKey: secret }, /private key/],
      ['no header', { signOn: 'header', trustedProxies: 1 }, /trustedHeader/],
      [
        'a header that browsers write',
        { signOn: 'header', trustedHeader: 'Origin', trustedProxies: 1 },
        /trustedHeader/,
      ],
      ['a header without a proxy', { signOn: 'header', trustedHeader: 'X-User' }, /trustedProxies/],
      ['a way that there is not', { signOn: 'saml' }, /signOn/],
      ['a site with a path', { embedIn: ['https://crm.example.com/desk'] }, /origin/],
      ['a site that is any', { embedIn: ['*'] }, /origin/],
      ['a language that there is not', { language: 'xx' }, /language/],
      ['a time below nothing', { reofferAfter: -1 }, /reofferAfter/],
    ];
    for (const [what, desktop, reason] of wrong) {
      it(`is refused for ${what}`, async () => {
        await start(desktop);
        const [error] = reportsOf('desktop', 'error');
        assert.equal(error.code, 'E_CONFIG');
        assert.match(error.message, reason);
        assert.doesNotMatch(error.message, /BEGIN PRIVATE/);
      });
    }
  });
});
