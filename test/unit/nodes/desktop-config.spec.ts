import assert from 'node:assert/strict';
import { readDesktop } from '../../../nodes/agent-desktop/desktop-config.ts';
import { createIssuer } from '../../support/tokens.ts';

describe('configuration of an agent desktop', () => {
  it('has defaults for all that a flow does not say', () => {
    assert.deepEqual(readDesktop({}), {
      name: '',
      path: 'desktop',
      agents: [],
      frames: [],
      origins: [],
      embedIn: [],
      reofferAfter: 5,
      startAs: 'ready',
      language: 'auto',
      signOn: { kind: 'none' },
      jwtKey: '',
      jwtIssuer: '',
      jwtAudience: '',
      trustedHeader: '',
      trustedProxies: 0,
      store: '',
    });
  });

  it('takes numbers that were saved as texts, and emptied fields for missing ones', () => {
    const { reofferAfter, trustedProxies } = readDesktop({
      reofferAfter: '0',
      trustedProxies: '2',
    });
    assert.deepEqual([reofferAfter, trustedProxies], [0, 2]);
    assert.equal(readDesktop({ reofferAfter: ' ' }).reofferAfter, 5);
    assert.equal(readDesktop({ startAs: '', language: '' }).language, 'auto');
  });

  it('reads only what the chosen way of sign-on needs', () => {
    const stale = { jwtKey: 'no key', trustedHeader: 'Origin' };
    assert.deepEqual(readDesktop({ ...stale, signOn: 'none' }).signOn, { kind: 'none' });
    const jwtKey = createIssuer('RS256').publicKey;
    const jwt = readDesktop({ signOn: 'jwt', jwtKey, jwtIssuer: ' crm ' }).signOn;
    assert.ok(jwt.kind === 'jwt');
    assert.deepEqual([jwt.keys[0]?.algorithm, jwt.issuer], ['RS256', 'crm']);
  });

  it('compares headers as HTTP does, without case', () => {
    const saved = { signOn: 'header', trustedHeader: ' Remote-User ', trustedProxies: 1 };
    assert.deepEqual(readDesktop(saved).signOn, { kind: 'header', header: 'remote-user' });
  });
});
