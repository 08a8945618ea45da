import assert from 'node:assert/strict';
import { isFrameHost, pageHeaders } from '../../../src/desktop/server/page-headers.ts';

const frameSource = (frames: readonly string[]) =>
  /frame-src ([^;]*)/.exec(pageHeaders(frames)['Content-Security-Policy'] ?? '')?.[1];

describe('page headers', () => {
  it('let the page frame the hosts that are listed, or any when none is', () => {
    assert.equal(
      frameSource(['crm.example.com', '127.0.0.1:8080']),
      'crm.example.com 127.0.0.1:8080',
    );
    assert.equal(frameSource([]), 'http: https:');
  });

  it('allow no script, style, image, form or frame from elsewhere', () => {
    const policy = pageHeaders([])['Content-Security-Policy']?.split('; ') ?? [];
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "media-src 'self'",
      "connect-src 'self'",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      assert.ok(policy.includes(rule), rule);
    }
  });

  for (const host of [
    'crm',
    'crm.example.com',
    '*.example.com',
    'crm:8080',
    'https://crm.example.com',
    '10.0.0.1:*',
  ]) {
    it(`take ${host} for a host`, () => assert.equal(isFrameHost(host), true));
  }
  for (const text of [
    '',
    '*',
    "'self'",
    "'unsafe-inline'",
    'a b',
    'a;b',
    'a,b',
    'data:',
    'a/b',
    'javascript://a',
    'a\nb',
    'a*b',
  ]) {
    it(`do not take ${JSON.stringify(text)} for a host`, () =>
      assert.equal(isFrameHost(text), false));
  }
});
