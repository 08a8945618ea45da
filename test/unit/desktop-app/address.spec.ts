import assert from 'node:assert/strict';
import { schemeSpellings } from '../../fixtures/hostile-urls.ts';
import {
  addressHost,
  frameSandbox,
  isBlockedAsMixed,
  webAddress,
  windowFeatures,
} from '../../../src/desktop/app/model/address.ts';

describe('addresses of CTI pages', () => {
  it('are those of the web', () => {
    assert.equal(webAddress('https://crm.example/a b?x=1#y'), 'https://crm.example/a%20b?x=1#y');
    assert.equal(webAddress('HTTP://crm.example'), 'http://crm.example/');
  });

  for (const url of ['//crm.example', 'crm.example', '/crm', '?x', '#x', 'http:', 'https://', ''])
    it(`are not ${JSON.stringify(url)}`, () => assert.equal(webAddress(url), undefined));

  it('are of no scheme that could act or read, however it is written', () => {
    assert.ok(schemeSpellings.length >= 80);
    for (const url of schemeSpellings) {
      assert.equal(webAddress(url), undefined, JSON.stringify(url));
    }
  });

  it('are named by their host', () => {
    assert.equal(addressHost('https://crm.example:8443/x'), 'crm.example:8443');
    assert.equal(addressHost('nonsense'), '');
  });
});

describe('the sandbox of a dashboard page', () => {
  const own = 'https://desk.example';

  it('lets a foreign page keep its own origin', () => {
    assert.match(frameSandbox('https://crm.example/x', own), /\ballow-same-origin\b/);
    assert.match(frameSandbox('https://desk.example:8443/x', own), /\ballow-same-origin\b/);
  });

  it('takes ours from a page of this site', () => {
    assert.doesNotMatch(frameSandbox('https://DESK.example:443/x', own), /allow-same-origin/);
  });

  it('never lets a page move the window', () => {
    assert.doesNotMatch(frameSandbox('https://crm.example', own), /top-navigation/);
  });
});

describe('a dashboard page without https', () => {
  const url = 'http://crm.example/x';

  it('is shown by a page without https, and by none with it', () => {
    assert.equal(isBlockedAsMixed(url, 'http:'), false);
    assert.equal(isBlockedAsMixed(url, 'https:'), true);
    assert.equal(isBlockedAsMixed('https://crm.example', 'https:'), false);
  });

  it('may be of the own machine', () => {
    for (const host of ['localhost:1880', 'crm.localhost', '127.0.0.1', '[::1]:80'])
      assert.equal(isBlockedAsMixed(`http://${host}/x`, 'https:'), false, host);
    assert.equal(isBlockedAsMixed('http://localhost.example', 'https:'), true);
  });
});

describe('the features of a window', () => {
  const content = { location: 'window', width: 900, height: 700 } as const;

  it('carry its size, or a usable one', () => {
    assert.equal(windowFeatures(content), 'popup,width=900,height=700');
    const unset = { ...content, width: 0, height: -5 };
    assert.equal(windowFeatures(unset), 'popup,width=1024,height=768');
    const odd = { ...content, width: 3, height: 1e9 };
    assert.equal(windowFeatures(odd), 'popup,width=200,height=8192');
  });

  it('are none for a tab', () => {
    assert.equal(windowFeatures({ ...content, location: 'tab' }), '');
  });
});
