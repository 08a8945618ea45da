import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import type { DoorNews, SignOn } from '../../../src/desktop/server/access.ts';
import { createDoor } from '../../../src/desktop/server/door.ts';
import { createLoginLimiter } from '../../../src/desktop/server/login-limiter.ts';
import type { Visit } from '../../../src/desktop/server/reach.ts';
import { createSessions } from '../../../src/desktop/server/sessions.ts';
import { createSignOn, tokenIn } from '../../../src/desktop/server/sign-on.ts';
import { createSpentTokens } from '../../../src/desktop/server/spent-tokens.ts';
import { readTokenKeys } from '../../../src/desktop/server/token-key.ts';
import { createIssuer } from '../../support/tokens.ts';

const issuer = createIssuer('EdDSA');
const minute = 60_000;
const agents = ['anna', 'bruno', 'Zoë'].map(
  (username) => ({ username, name: username, role: 'agent' }) as const,
);
const jwt: SignOn = {
  kind: 'jwt',
  keys: readTokenKeys(issuer.publicKey) as never,
  issuer: '',
  audience: '',
};
const header: SignOn = { kind: 'header', header: 'x-forwarded-user' };

function visit(headers: Record<string, string> = {}, more: Partial<Visit> = {}): Visit {
  const message = { headers } as IncomingMessage;
  return { message, secure: false, address: '10.0.0.1', proxied: true, ...more };
}

function start(signOn: SignOn) {
  const news: DoorNews[] = [];
  const clock = { now: Date.UTC(2026, 10, 22) };
  const options = {
    agents,
    signOn,
    limiter: createLoginLimiter(),
    spent: createSpentTokens(),
    report: (one: DoorNews) => void news.push(one),
    now: () => clock.now,
    clock: () => clock.now,
  };
  return { admit: createSignOn(options), news, clock };
}

describe('sign-on by a token', () => {
  it('lets in the agent whom it names, in the role of the list', () => {
    const { admit, clock } = start(jwt);
    const claims = { sub: 'anna', role: 'supervisor', name: 'The boss' };
    const admission = admit(visit(), issuer.issue(claims, clock.now));
    assert.deepEqual(admission?.agent, agents[0]);
    assert.equal(admission?.grounds.way, 'token');
  });

  it('takes each token once', () => {
    const { admit, clock, news } = start(jwt);
    const token = issuer.issue({ sub: 'anna' }, clock.now);
    assert.ok(admit(visit(), token));
    clock.now += 30_000;
    assert.throws(() => admit(visit(), token), { status: 401 });
    assert.equal(news[0]?.reason, 'it was used before');
  });

  for (const [what, claims, reason] of [
    ['an unknown agent', { sub: 'ANNA' }, /no agent/],
    ['an agent of another spelling', { sub: ' anna' }, /no agent/],
    ['a property of every object', { sub: '__proto__' }, /no agent/],
    ['one that has run out', { sub: 'anna', exp: 1 }, /expired/],
  ] as const) {
    it(`refuses ${what} without saying why, and tells the log`, () => {
      const { admit, clock, news } = start(jwt);
      assert.throws(() => admit(visit(), issuer.issue(claims, clock.now)), {
        status: 401,
        message: 'The sign-on was refused.',
      });
      assert.match(news[0]?.reason ?? '', reason);
    });
  }

  it('slows an address down that tries many, and no right one after that', () => {
    const { admit, clock } = start(jwt);
    const statuses = Array.from({ length: 30 }, () => {
      try {
        admit(visit(), 'a.b.c');
      } catch (error) {
        return (error as { status: number }).status;
      }
      return 0;
    });
    assert.deepEqual([statuses[24], statuses[25]], [401, 429]);
    const token = issuer.issue({ sub: 'anna' }, clock.now);
    assert.throws(() => admit(visit(), token), { status: 429 });
    assert.ok(admit(visit({}, { address: '10.0.0.2' }), token));
  });

  it('is no way in where it is not set', () => {
    for (const signOn of [{ kind: 'none' }, header] as const) {
      const { admit, clock } = start(signOn);
      const token = issuer.issue({ sub: 'anna' }, clock.now);
      assert.throws(() => admit(visit({ 'x-forwarded-user': 'anna' }), token), { status: 401 });
    }
  });

  it('takes a body of a token or of nothing', () => {
    assert.equal(tokenIn({}), undefined);
    assert.equal(tokenIn({ token: 'a.b.c' }), 'a.b.c');
    const wrong = [null, 'x', { token: 5 }, { token: 'x'.repeat(8193) }, { username: 'anna' }];
    for (const body of wrong) assert.throws(() => tokenIn(body), { status: 400 });
  });

  it('forgets spent tokens when they are too old, and keeps few in any case', () => {
    const spent = createSpentTokens();
    assert.equal(spent.spend('one', 5 * minute, 0), true);
    assert.equal(spent.spend('one', 5 * minute, 5 * minute), false);
    assert.equal(spent.spend('other', 15 * minute, 5 * minute + 1), true);
    assert.equal(spent.spend('one', 15 * minute, 5 * minute + 1), true);
  });
});

describe('sign-on by a header of a trusted proxy', () => {
  const named = (name: string, more?: Partial<Visit>) => visit({ 'x-forwarded-user': name }, more);

  it('lets in the agent whom the proxy names', () => {
    const { admit } = start(header);
    assert.equal(admit(named('bruno'), undefined)?.agent.username, 'bruno');
    const latin1 = Buffer.from('Zoë', 'utf8').toString('latin1');
    assert.equal(admit(named(latin1), undefined)?.agent.username, 'Zoë');
  });

  it('lets nobody in whom the sender of the request names itself (A12)', () => {
    const { admit } = start(header);
    assert.equal(admit(named('bruno', { proxied: false }), undefined), undefined);
    for (const name of ['', 'Bruno', 'bruno ', 'bruno, anna', 'anna,bruno', 'nobody']) {
      assert.equal(admit(named(name), undefined), undefined, name);
    }
    assert.equal(admit(visit({ x_forwarded_user: 'bruno' }), undefined), undefined);
  });

  it('ends the session when the proxy names somebody else by now', () => {
    const { clock, admit } = start(header);
    const sessions = createSessions();
    const door = createDoor({
      fullPath: '/a',
      agents,
      sessions,
      signOn: header,
      clock: () => clock.now,
    });
    const { grounds } = admit(named('anna'), undefined)!;
    const cookie = `agent-desktop=${sessions.start('anna', grounds, clock.now)}`;
    const from = (name?: string) =>
      door(visit({ cookie, ...(name ? { 'x-forwarded-user': name } : {}) }))?.agent.username;
    assert.equal(from('anna'), 'anna');
    assert.equal(from(), 'anna', 'a proxy need not name them with every request');
    assert.equal(from('bruno'), undefined);
    assert.equal(from('anna'), undefined, 'and it stays ended');
  });
});
