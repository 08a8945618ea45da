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

describe('claims', () => {
  it('tell at once when every page is shown', async () => {
    const claims = createClaims();
    const shown = claims.wait([page('1', 'anna'), page('2', 'bruno')]);
    claims.granted('2');
    claims.granted('1');
    claims.granted('1');
    assert.deepEqual(await shown, ['bruno', 'anna']);
  });

  it('do not wait long for the others once one is shown', async () => {
    const claims = createClaims();
    const began = Date.now();
    const shown = claims.wait([page('1', 'anna'), page('2', 'bruno')]);
    claims.granted('1');
    assert.deepEqual(await shown, ['anna']);
    assert.ok(Date.now() - began < 1500);
  });

  it('wait for nothing when there is no page', async () => {
    assert.deepEqual(await createClaims().wait([]), []);
  });

  it('let everyone go when the desktop closes', async () => {
    const claims = createClaims();
    const waiting = [claims.wait([page('1', 'anna')]), claims.wait([page('2', 'bruno')])];
    claims.close();
    claims.granted('1');
    assert.deepEqual(await Promise.all(waiting), [[], []]);
  });
});
