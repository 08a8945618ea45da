import assert from 'node:assert/strict';
import { covers, frameRule, mayFrame } from '../../../src/desktop/server/framing.ts';

const site = new URL('https://crm.example/customers/7');
const desk = new URL('https://desk.example');
const may = (headers: Record<string, string>, framer = desk, of = site) =>
  mayFrame(frameRule(headers), of, framer);
const ancestors = (list: string) => ({ 'content-security-policy': `frame-ancestors ${list}` });

describe('what a site says about frames', () => {
  it('is nothing for most, and that allows them', () => {
    assert.equal(may({}), true);
    assert.equal(may({ 'content-security-policy': "default-src 'self'; frame-src 'none'" }), true);
  });

  const options: readonly [string, boolean, boolean][] = [
    ['DENY', false, false],
    ['sameorigin', false, true],
    ['SAMEORIGIN, DENY', false, false],
    ['ALLOW-FROM https://desk.example', true, true],
    ['ALLOWALL', true, true],
  ];
  for (const [value, ours, itsOwn] of options) {
    it(`is understood as browsers do: X-Frame-Options: ${value}`, () => {
      assert.equal(may({ 'x-frame-options': value }), ours);
      assert.equal(may({ 'x-frame-options': value }, new URL(site.origin)), itsOwn);
    });
  }

  const lists: readonly [string, boolean][] = [
    ["'none'", false],
    ['', false],
    ["'self'", false],
    ['*', true],
    ['https:', true],
    ['http:', true],
    ['https://desk.example', true],
    ['HTTPS://DESK.EXAMPLE', true],
    ['desk.example', true],
    ['desk.example:443', true],
    ['desk.example:*', true],
    ['desk.example:8443', false],
    ['*.example', true],
    ['*.desk.example', false],
    ['https://other.example https://desk.example/path', true],
    ['http://desk.example', true],
    ['https://desk.example.evil', false],
    ['evil-desk.example', false],
    ['data:', false],
    ['https://[nonsense', false],
  ];
  for (const [list, allowed] of lists) {
    it(`${allowed ? 'lets' : 'does not let'} us in with frame-ancestors ${list}`, () => {
      assert.equal(may(ancestors(list)), allowed);
    });
  }

  it('is its policy alone where it has both', () => {
    assert.equal(may({ ...ancestors('https://desk.example'), 'x-frame-options': 'DENY' }), true);
  });

  it('has to be met by every policy of several', () => {
    const both = `frame-ancestors *, default-src x; Frame-Ancestors 'none'`;
    assert.equal(may({ 'content-security-policy': both }), false);
  });

  it('takes a scheme that is not written to be its own or a safer one', () => {
    const plain = new URL('http://crm.example');
    assert.equal(may(ancestors('desk.example'), new URL('http://desk.example'), plain), true);
    assert.equal(may(ancestors('desk.example'), desk, plain), true);
    assert.equal(may(ancestors('desk.example'), new URL('http://desk.example'), site), false);
  });
});

describe('a source of a policy', () => {
  it('covers ports as browsers do', () => {
    const self = new URL('http://x.example');
    assert.equal(covers('crm.example', new URL('http://crm.example:8080'), self), false);
    assert.equal(covers('crm.example:8080', new URL('http://crm.example:8080'), self), true);
    assert.equal(covers('crm.example:80', new URL('https://crm.example'), self), true);
    assert.equal(covers('[::1]:1880', new URL('http://[::1]:1880'), self), true);
  });
});
