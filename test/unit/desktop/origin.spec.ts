import assert from 'node:assert/strict';
import { isOwnOrigin, isOwnPost } from '../../../src/desktop/server/origin.ts';

const allowed = ['https://portal.example.com'];
const from = (origin: string | undefined, host = 'agents.example.com', secure = false) => ({
  origin,
  host,
  secure,
  fetchSite: undefined,
});

describe('origin (A5)', () => {
  const own: readonly [string, string, boolean][] = [
    ['http://agents.example.com', 'agents.example.com', false],
    ['https://agents.example.com', 'agents.example.com', true],
    ['https://agents.example.com', 'agents.example.com', false],
    ['http://agents.example.com:1880', 'agents.example.com:1880', false],
    ['https://agents.example.com', 'agents.example.com:443', true],
    ['https://agents.example.com', 'AGENTS.example.com', true],
    ['http://[::1]:1880', '[::1]:1880', false],
    ['https://portal.example.com', 'agents.example.com', false],
  ];
  for (const [origin, host, secure] of own) {
    it(`is ours: ${origin} at ${host}${secure ? ' over TLS' : ''}`, () => {
      assert.equal(isOwnOrigin(from(origin, host, secure), allowed), true);
    });
  }

  const foreign: readonly [string, string | undefined, string?, boolean?][] = [
    ['an absent one', undefined],
    ['an empty one', ''],
    ['the opaque one', 'null'],
    ['another site', 'https://evil.example'],
    ['a sibling host', 'https://other.example.com'],
    ['a parent host', 'https://example.com'],
    ['our host as a prefix', 'https://agents.example.com.evil.example'],
    ['our host as a suffix', 'https://evilagents.example.com'],
    ['our host as a user name', 'https://agents.example.com@evil.example'],
    ['our host as a path', 'https://evil.example/agents.example.com'],
    ['another port', 'http://agents.example.com:8080'],
    ['no port where we have one', 'http://agents.example.com', 'agents.example.com:1880'],
    ['plain text where we have TLS', 'http://agents.example.com', 'agents.example.com', true],
    ['another scheme', 'ftp://agents.example.com'],
    ['a file', 'file://'],
    ['an extension', 'chrome-extension://agents.example.com'],
    ['a path at its end', 'https://agents.example.com/'],
    ['upper case', 'https://AGENTS.example.com'],
    ['a final dot', 'https://agents.example.com.'],
    ['two at once', 'https://agents.example.com, https://evil.example'],
    ['a blank before it', ' https://agents.example.com'],
    ['an allowed one on another port', 'https://portal.example.com:444'],
    ['an allowed one in plain text', 'http://portal.example.com'],
    ['a host that is an address', 'http://evil.example', 'agents.example.com@evil.example'],
    ['a host with a path', 'http://evil.example', 'evil.example/x'],
    ['an empty host', 'http://evil.example', ''],
  ];
  for (const [what, origin, host, secure] of foreign) {
    it(`is not ours: ${what}`, () => {
      assert.equal(isOwnOrigin(from(origin, host, secure), allowed), false);
    });
  }

  it('may be absent in a post of what is no browser, or of our own page', () => {
    const post = (fetchSite?: string, origin?: string) =>
      isOwnPost({ ...from(origin), fetchSite }, allowed);
    assert.equal(post(), true);
    assert.equal(post('same-origin'), true);
    assert.equal(post('same-site'), false);
    assert.equal(post('cross-site'), false);
    assert.equal(post('none'), false);
    assert.equal(post('cross-site', 'https://portal.example.com'), true);
    assert.equal(post('same-origin', 'https://evil.example'), false);
  });
});
