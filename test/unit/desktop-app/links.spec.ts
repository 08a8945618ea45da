import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withLinks } from '../../../src/desktop/app/model/links.ts';
import { hostileTexts } from '../../fixtures/hostile.ts';

const links = (text: string) =>
  withLinks(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));

describe('the web addresses in a text', () => {
  it('become links, without what follows them', () => {
    assert.deepEqual(links('See https://a.example/x?y=1#z, or (http://b.example).'), [
      'https://a.example/x?y=1#z',
      'http://b.example/',
    ]);
  });

  for (const text of [
    'javascript:alert(1)',
    'data:text/html,https:',
    'xhttps://a.example',
    'https://',
    'a.example',
  ]) {
    it(`are not found in ${JSON.stringify(text)}`, () => assert.deepEqual(links(text), []));
  }

  it('end where a sign begins that would turn the text around', () => {
    assert.deepEqual(links('https://a.example/\u202egpj.exe'), ['https://a.example/']);
  });

  it('leave every character of the text where it is', () => {
    const whole = (text: string) =>
      assert.equal(
        withLinks(text)
          .map((part) => part.text)
          .join(''),
        text,
      );
    hostileTexts.forEach(whole);
    const words = fc.constantFrom('https://a.example/', 'http://', ' ', '.', ')', 'x', '\n', '<b>');
    fc.assert(fc.property(fc.array(words), (parts) => whole(parts.join(''))));
  });

  it('are never anything but http and https', () => {
    for (const text of hostileTexts)
      for (const href of links(text)) assert.match(href, /^https?:\/\//);
  });
});
