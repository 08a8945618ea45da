import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mediaHeaders } from '../../../src/desktop/server/media-headers.ts';
import { hostileTexts } from '../../fixtures/hostile.ts';

const dispositionOf = (type: string, name?: string) =>
  mediaHeaders(type, name)['Content-Disposition'] ?? '';

describe('the headers of a file', () => {
  for (const [type, shown] of [
    ['image/jpeg', 'image/jpeg'],
    ['Audio/OGG; codecs=opus', 'audio/ogg'],
    ['video/mp4', 'video/mp4'],
  ] as const) {
    it(`let the page show ${type}`, () => {
      assert.match(dispositionOf(type), /^inline; filename="file\.\w+"/);
      assert.equal(mediaHeaders(type, undefined)['Content-Type'], shown);
    });
  }

  for (const type of [
    'image/svg+xml',
    'text/html',
    'application/xhtml+xml',
    'application/pdf',
    'text/plain',
    'image/jpeg, text/html',
    '__proto__',
    'constructor',
    '',
  ]) {
    it(`have ${type || 'what has no type'} stored, whatever it is`, () => {
      const headers = mediaHeaders(type, 'page.html');
      assert.match(headers['Content-Disposition'] ?? '', /^attachment; filename="page\.html"/);
      assert.equal(headers['Content-Type'], 'application/octet-stream');
    });
  }

  it('keep the name of a file, in any script', () => {
    assert.equal(
      dispositionOf('application/pdf', 'Größe 100% (neu).pdf'),
      'attachment; filename="Gr__e 100_ (neu).pdf"; filename*=UTF-8\'\'Gr%C3%B6%C3%9Fe%20100%25%20%28neu%29.pdf',
    );
  });

  it('let no name write a header, leave a folder or turn the writing around', () => {
    const names = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts));
    fc.assert(
      fc.property(names, (name) => {
        const text = dispositionOf('application/pdf', name);
        assert.match(
          text,
          /^attachment; filename="[\u0020-\u007e]*"; filename\*=UTF-8''[\w%.!~-]*$/,
        );
        const [, plain = ''] = /filename="([^"]*)"/.exec(text) ?? [];
        assert.doesNotMatch(plain, /["\\/]/);
        assert.doesNotMatch(decodeURIComponent(text.split("''")[1] ?? ''), /[/\\\u202e\p{Cc}]/u);
      }),
      { numRuns: 500 },
    );
  });

  it('let nothing run, reach or frame it when it is opened by itself', () => {
    const { 'Content-Security-Policy': policy = '' } = mediaHeaders('image/png', undefined);
    for (const rule of ["default-src 'none'", 'sandbox', "frame-ancestors 'none'"]) {
      assert.ok(policy.split('; ').includes(rule), rule);
    }
  });
});
