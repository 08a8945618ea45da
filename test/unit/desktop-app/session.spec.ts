import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { signOn } from '../../../src/desktop/app/session.ts';
import { createIssuer } from '../../support/tokens.ts';

const issuer = createIssuer('EdDSA');
const tokenOf = (sub: string): string => issuer.issue({ sub });

type Answer = (path: string, init: RequestInit) => Response;

function serve(answer: Answer): void {
  mock.restoreAll();
  mock.method(globalThis, 'fetch', answer);
}

/** A server that refuses every sign-on with this status, and the session that it has for this browser. */
function refusing(status: number, username: string | undefined) {
  const asked: string[] = [];
  let session = username;
  serve((path, { method = '' }) => {
    asked.push(`${method} ${path}`);
    if (path === 'logout') session = undefined;
    if (method === 'POST' && path === 'session') return new Response('{}', { status });
    if (session === undefined) return new Response(null, { status: 204 });
    return Response.json({ username: session, name: session, role: 'agent' });
  });
  return { asked, standing: () => session };
}

describe('a sign-on that is refused', () => {
  afterEach(() => mock.restoreAll());

  for (const status of [400, 401, 429]) {
    it(`goes on in nobody else's name, and ends the session of who was there before (${status})`, async () => {
      const server = refusing(status, 'anna');
      assert.deepEqual(await signOn(tokenOf('bruno')), { kind: 'refused' });
      assert.equal(server.standing(), undefined);
    });
  }

  it('goes on where the session is that of the agent whom the token names: the answer was lost', async () => {
    for (const name of ['anna', 'Zoë ~ü?>']) {
      const server = refusing(401, name);
      const agent = { username: name, name, role: 'agent' };
      assert.deepEqual(await signOn(tokenOf(name)), { kind: 'in', agent });
      assert.ok(!server.asked.includes('POST logout'));
    }
  });

  it('goes on for nobody whose token cannot be read', async () => {
    for (const token of ['', 'x', 'a.b.c', 'a.!.c', `a.${btoa('null')}.c`, `a.${btoa('{}')}.c`]) {
      refusing(401, 'anna');
      assert.deepEqual(await signOn(token), { kind: 'refused' }, token);
    }
  });

  it('is asked again while the session before it could not be ended', async () => {
    serve((path, { method }) => {
      if (path === 'logout') throw new TypeError('no network');
      if (method === 'POST') return new Response('{}', { status: 401 });
      return Response.json({ username: 'anna', name: 'Anna', role: 'agent' });
    });
    assert.deepEqual(await signOn(tokenOf('bruno')), { kind: 'unreachable' });
  });

  it('ends no session where none was claimed', async () => {
    const server = refusing(403, 'anna');
    assert.equal((await signOn(undefined)).kind, 'in');
    assert.equal(server.standing(), 'anna');
  });
});
