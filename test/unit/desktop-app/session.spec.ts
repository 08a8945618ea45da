import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { signOn } from '../../../src/desktop/app/session.ts';

type Answer = (path: string, init: RequestInit) => Response;

function serve(answer: Answer): void {
  mock.restoreAll();
  mock.method(globalThis, 'fetch', answer);
}

/** A server that refuses every sign-on with this status, and the session that it has for this browser. */
function refusing(status: number, username: string | undefined, headers = {}) {
  const asked: string[] = [];
  serve((path, { method = '' }) => {
    asked.push(`${method} ${path}`);
    if (method === 'POST') return new Response('{}', { status, headers });
    if (username === undefined) return new Response(null, { status: 204 });
    return Response.json({ username, name: username, role: 'agent' });
  });
  return asked;
}

const anna = { kind: 'in', agent: { username: 'anna', name: 'anna', role: 'agent' } } as const;

describe('a sign-on that is refused', () => {
  afterEach(() => mock.restoreAll());

  it('is told where nobody is in, or nobody any more', async () => {
    refusing(401, undefined);
    assert.deepEqual(await signOn('a.b.c'), { kind: 'refused' });
  });

  for (const status of [400, 401]) {
    it(`leaves in who is in: a link of anybody may bring a token (${status})`, async () => {
      const asked = refusing(status, 'anna');
      assert.deepEqual(await signOn('x'), anna);
      assert.deepEqual(asked, ['POST session', 'GET session']);
    });
  }

  it('tells that the session of another agent has ended for it', async () => {
    serve(() => Response.json({ error: 'refused', ended: true }, { status: 401 }));
    assert.deepEqual(await signOn('a.b.c'), { kind: 'refused', another: true });
  });

  it('is tried again later when its token was not looked at', async () => {
    refusing(429, 'anna', { 'retry-after': '30' });
    assert.deepEqual(await signOn('a.b.c'), { ...anna, again: 30 });
    refusing(429, undefined);
    assert.deepEqual(await signOn('a.b.c'), { kind: 'refused', again: 60 });
  });

  it('is asked again while nobody can tell who is in', async () => {
    serve((_, { method }) => {
      if (method === 'POST') return new Response('{}', { status: 401 });
      throw new TypeError('no network');
    });
    assert.deepEqual(await signOn('a.b.c'), { kind: 'unreachable' });
  });

  it('leaves in who is in where none was claimed', async () => {
    refusing(403, 'anna');
    assert.deepEqual(await signOn(undefined), anna);
  });
});
