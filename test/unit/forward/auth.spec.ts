import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createAuth, tryHeaders } from '../../../src/forward/auth.ts';

describe('The headers of a try', () => {
  const at = Date.parse('2026-11-22T10:00:00.900Z');

  it('tell its time in whole seconds', () => {
    const headers = tryHeaders({ kind: 'none' }, 'id', 'body', at);
    assert.deepEqual(headers, { 'webhook-timestamp': '1795341600' });
  });

  /** The example of the Standard Webhooks reference libraries. */
  it('sign id, time and body as the specification says', () => {
    const auth = createAuth('signature', '', { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' });
    const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
    const headers = tryHeaders(auth, id, '{"test": 2432232314}', 1614265330 * 1000);
    assert.equal(headers['webhook-signature'], 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('sign with the very characters of a secret that is not encoded', () => {
    const auth = createAuth('signature', '', { secret: 'città' });
    const mac = createHmac('sha256', Buffer.from('città'))
      .update('id.1795341600.')
      .digest('base64');
    assert.equal(tryHeaders(auth, 'id', '', at)['webhook-signature'], `v1,${mac}`);
  });

  for (const [kind, credentials] of [
    ['basic', { password: 'x' }],
    ['basic', { user: 'a:b' }],
    ['bearer', {}],
    ['bearer', { token: 'a\nb' }],
    ['bearer', { token: 'tokèn' }],
    ['apiKey', { token: '  ' }],
    ['signature', {}],
    ['signature', { secret: 'whsec_' }],
  ] as const) {
    it(`cannot be made for ${kind} with ${JSON.stringify(credentials)}`, () => {
      assert.throws(() => createAuth(kind, 'X-Key', credentials), { code: 'E_CONFIG' });
    });
  }

  it('are refused without telling the secret', () => {
    assert.throws(
      () => createAuth('bearer', '', { token: 'canary\ncanary' }),
      (error: Error) => !error.message.includes('canary'),
    );
  });

  it('cannot bring an API key in a header of the transport', () => {
    assert.throws(() => createAuth('apiKey', 'Host', { token: 'k' }), { code: 'E_CONFIG' });
  });
});
