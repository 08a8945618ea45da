import assert from 'node:assert/strict';
import { cookieHeader, cookieName, cookieValues } from '../../../src/desktop/server/cookies.ts';

const plain = { fullPath: '/red/agents', secure: false, embedded: false };
const overTls = { ...plain, secure: true };

describe('session cookie (A3)', () => {
  it('is for its path and out of reach of scripts and other sites', () => {
    assert.equal(
      cookieHeader('id', plain),
      'agent-desktop=id; Path=/red/agents; HttpOnly; SameSite=Strict',
    );
  });

  it('cannot be planted by a neighbouring host or in plain text over TLS', () => {
    assert.equal(
      cookieHeader('id', overTls),
      '__Host-agent-desktop.red.agents=id; Path=/; Secure; HttpOnly; SameSite=Strict',
    );
  });

  it('is another one for each desktop of a host', () => {
    const names = ['/agents', '/agents/milano', '/agents-milano', '/red/agents', '/a~b'].map(
      (fullPath) => cookieName({ fullPath, secure: true }),
    );
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(name, /^__Host-[\w.-]+$/);
  });

  it('comes from a frame of another site only where that is wanted, and only from there', () => {
    assert.equal(
      cookieHeader('id', { ...overTls, embedded: true }),
      '__Host-agent-desktop.red.agents=id; Path=/; Secure; HttpOnly; SameSite=None; Partitioned',
    );
    assert.match(cookieHeader('id', { ...plain, embedded: true }), /; SameSite=Strict$/);
  });

  it('is taken away by an empty value', () => {
    for (const place of [plain, overTls, { ...overTls, embedded: true }]) {
      assert.match(cookieHeader('', place), /; Max-Age=0$/);
    }
  });

  it('is found among others, and every one of its name', () => {
    const header = 'a=1; agent-desktop=one;agent-desktop=two ; xagent-desktop=3; agent-desktop';
    assert.deepEqual(cookieValues(header, cookieName(plain)), ['one', 'two']);
    assert.deepEqual(cookieValues(header, cookieName(overTls)), []);
    assert.deepEqual(cookieValues(undefined, cookieName(plain)), []);
  });
});
