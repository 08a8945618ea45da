import assert from 'node:assert/strict';
import { createClaims } from '../../../src/desktop/server/claims.ts';
import type { Page } from '../../../src/store/contract.ts';

const page: Page = {
  id: 'page',
  key: 'key',
  repeat: 'once',
  content: { kind: 'popup', title: '', html: '' },
  createdAt: 0,
  expiresAt: 0,
};

const opening: Page = {
  ...page,
  content: {
    kind: 'cti',
    url: 'https://crm.example',
    location: 'tab',
    tabTitle: '',
    width: 1,
    height: 1,
  },
};

describe('claims', () => {
  it('tell at once when every page is shown', async () => {
    const claims = createClaims();
    const shown = claims.wait(page, ['anna', 'bruno']);
    claims.granted('page', 'bruno');
    claims.granted('page', 'anna');
    claims.granted('page', 'anna');
    assert.deepEqual(await shown, { shown: ['bruno', 'anna'], blocked: [] });
  });

  it('do not wait long for the others once one is shown', async () => {
    const claims = createClaims();
    const shown = claims.wait(page, ['anna', 'bruno']);
    claims.granted('page', 'anna');
    assert.deepEqual((await shown).shown, ['anna']);
  }).timeout(10_000);

  it('wait for the window of a page to open, or to be blocked', async () => {
    const claims = createClaims();
    const shown = claims.wait(opening, ['anna', 'bruno']);
    claims.granted('page', 'anna');
    claims.granted('page', 'bruno');
    claims.reported('page', 'bruno', true);
    claims.reported('page', 'anna', false);
    assert.deepEqual(await shown, { shown: ['anna', 'bruno'], blocked: ['bruno'] });
  });

  it('do not wait long for a browser that says nothing', async () => {
    const claims = createClaims();
    const shown = claims.wait(opening, ['anna']);
    claims.granted('page', 'anna');
    assert.deepEqual(await shown, { shown: ['anna'], blocked: [] });
  }).timeout(10_000);

  it('wait for nothing when nobody is there', async () => {
    assert.deepEqual(await createClaims().wait(page, []), { shown: [], blocked: [] });
  });

  it('let everyone go when the desktop closes', async () => {
    const claims = createClaims();
    const waiting = [claims.wait(page, ['anna']), claims.wait({ ...page, id: 'b' }, ['bruno'])];
    claims.close();
    claims.granted('page', 'anna');
    const nobody = { shown: [], blocked: [] };
    assert.deepEqual(await Promise.all(waiting), [nobody, nobody]);
  });
});
