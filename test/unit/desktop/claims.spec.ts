import assert from 'node:assert/strict';
import { createClaims } from '../../../src/desktop/server/claims.ts';
import type { Page } from '../../../src/store/contract.ts';

const page = (id: string, agent: string): Page => ({
  id,
  agent,
  key: 'key',
  repeat: 'once',
  content: { kind: 'popup', title: '', html: '' },
  createdAt: 0,
  expiresAt: 0,
});

const opening = (id: string, agent: string): Page => ({
  ...page(id, agent),
  content: {
    kind: 'cti',
    url: 'https://crm.example',
    location: 'tab',
    tabTitle: '',
    width: 1,
    height: 1,
  },
});

describe('claims', () => {
  it('tell at once when every page is shown', async () => {
    const claims = createClaims();
    const shown = claims.wait([page('1', 'anna'), page('2', 'bruno')]);
    claims.granted('2');
    claims.granted('1');
    claims.granted('1');
    assert.deepEqual(await shown, { shown: ['bruno', 'anna'], blocked: [] });
  });

  it('do not wait long for the others once one is shown', async () => {
    const claims = createClaims();
    const began = Date.now();
    const shown = claims.wait([page('1', 'anna'), page('2', 'bruno')]);
    claims.granted('1');
    assert.deepEqual((await shown).shown, ['anna']);
    assert.ok(Date.now() - began < 1500);
  });

  it('wait for the window of a page to open, or to be blocked', async () => {
    const claims = createClaims();
    const shown = claims.wait([opening('1', 'anna'), opening('2', 'bruno')]);
    claims.granted('1');
    claims.granted('2');
    claims.reported('2', true);
    claims.reported('1', false);
    assert.deepEqual(await shown, { shown: ['anna', 'bruno'], blocked: ['bruno'] });
  });

  it('do not wait long for a browser that says nothing', async () => {
    const claims = createClaims();
    const began = Date.now();
    const shown = claims.wait([opening('1', 'anna')]);
    claims.granted('1');
    assert.deepEqual(await shown, { shown: ['anna'], blocked: [] });
    assert.ok(Date.now() - began < 1500);
  });

  it('wait for nothing when there is no page', async () => {
    assert.deepEqual(await createClaims().wait([]), { shown: [], blocked: [] });
  });

  it('let everyone go when the desktop closes', async () => {
    const claims = createClaims();
    const waiting = [claims.wait([page('1', 'anna')]), claims.wait([page('2', 'bruno')])];
    claims.close();
    claims.granted('1');
    const nobody = { shown: [], blocked: [] };
    assert.deepEqual(await Promise.all(waiting), [nobody, nobody]);
  });
});
