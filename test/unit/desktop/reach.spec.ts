import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { reachOf } from '../../../src/desktop/server/reach.ts';

const peer = '10.0.0.9';

function from(headers: Record<string, string>, encrypted = false): IncomingMessage {
  return { headers, socket: { remoteAddress: peer, encrypted } } as unknown as IncomingMessage;
}

describe('how a request came (A12)', () => {
  const spoofed: readonly Record<string, string>[] = [
    { 'x-forwarded-for': '1.2.3.4' },
    { 'x-forwarded-for': '1.2.3.4, 127.0.0.1' },
    { 'x-forwarded-proto': 'https' },
    { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil' },
    { forwarded: 'for=1.2.3.4;proto=https' },
    { 'x-real-ip': '1.2.3.4', 'x-forwarded-ssl': 'on', 'front-end-https': 'on' },
  ];
  for (const headers of spoofed) {
    it(`believes no header while no proxy is trusted: ${Object.keys(headers).join(', ')}`, () => {
      assert.deepEqual(reachOf(from(headers), 0), {
        secure: false,
        address: peer,
        proxied: false,
      });
    });
  }

  it('takes from one trusted proxy what it has added, and nothing that came before', () => {
    const headers = { 'x-forwarded-for': '1.2.3.4, 192.0.2.7', 'x-forwarded-proto': 'https, http' };
    assert.deepEqual(reachOf(from(headers), 1), {
      secure: false,
      address: '192.0.2.7',
      proxied: true,
    });
  });

  it('goes back as many proxies as are trusted', () => {
    const headers = {
      'x-forwarded-for': '1.2.3.4, 192.0.2.7, 10.0.0.2',
      'x-forwarded-proto': 'http, https, http',
    };
    assert.deepEqual(reachOf(from(headers), 2), {
      secure: true,
      address: '192.0.2.7',
      proxied: true,
    });
  });

  it('takes a scheme that one proxy has written for all of them', () => {
    const headers = { 'x-forwarded-for': '192.0.2.7, 10.0.0.2', 'x-forwarded-proto': 'HTTPS' };
    assert.equal(reachOf(from(headers), 2).secure, true);
  });

  it('does not take a request for one of the proxies when it has not come through all', () => {
    assert.equal(reachOf(from({}), 1).proxied, false);
    assert.equal(reachOf(from({ 'x-forwarded-for': '192.0.2.7' }), 2).proxied, false);
    assert.equal(reachOf(from({ 'x-forwarded-for': ' , ' }), 1).address, peer);
  });

  it('knows TLS of its own whatever a header says', () => {
    assert.equal(reachOf(from({ 'x-forwarded-proto': 'http' }, true), 1).secure, true);
  });

  it('leaves out the port, which would be another sender each time', () => {
    const address = (entry: string) => reachOf(from({ 'x-forwarded-for': entry }), 1).address;
    assert.equal(address('192.0.2.7:51234'), '192.0.2.7');
    assert.equal(address('[2001:db8::1]:51234'), '2001:db8::1');
    assert.equal(address('2001:db8::1'), '2001:db8::1');
  });
});
