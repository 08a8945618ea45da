import assert from 'node:assert/strict';
import { cookieHeader, cookieName, cookieValues } from '../../../src/desktop/server/cookies.ts';

describe('session cookie', () => {
  it('is for its path and out of reach of scripts and other sites', () => {
    assert.equal(
      cookieHeader('id', '/red/agents', false),
      'agent-desktop=id; Path=/red/agents; HttpOnly; SameSite=Strict',
    );
  });

  it('is secure and says so in its name over TLS', () => {
    assert.equal(
      cookieHeader('id', '/agents', true),
      '__Secure-agent-desktop=id; Path=/agents; HttpOnly; SameSite=Strict; Secure',
    );
  });

  it('is taken away by an empty value', () => {
    assert.match(cookieHeader('', '/agents', false), /; Max-Age=0$/);
  });

  it('is found among others, and every one of its name', () => {
    const header = 'a=1; agent-desktop=one;agent-desktop=two ; xagent-desktop=3; agent-desktop';
    assert.deepEqual(cookieValues(header, cookieName(false)), ['one', 'two']);
    assert.deepEqual(cookieValues(header, cookieName(true)), []);
    assert.deepEqual(cookieValues(undefined, cookieName(false)), []);
  });
});
