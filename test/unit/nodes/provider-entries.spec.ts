import assert from 'node:assert/strict';
import {
  entriesOf,
  type Filled,
  isPublic,
} from '../../../nodes/whatsapp-account/provider-entries.ts';
import { providers } from '../../../src/provider/registry.ts';

const url = 'https://shop.example/whatsapp/path';
const filled: Filled = { url, verifyToken: 'a token', webhookSecret: 'a secret', header: '' };

describe('what is to be entered at the provider', () => {
  const values = (provider: string, more: Partial<Filled> = {}) =>
    entriesOf(provider, { ...filled, ...more }).map(({ label, value }) => `${label} ${value}`);

  it('is there for every provider but the simulator', () => {
    for (const provider of providers.keys()) {
      const entries = values(provider);
      if (provider === 'simulator') assert.deepEqual(entries, []);
      else assert.ok(entries[0]?.includes(url), provider);
    }
  });

  it('is for Meta the URL, the token and the field', () => {
    assert.deepEqual(values('meta'), [
      `callbackUrl ${url}`,
      'verifyToken a token',
      'webhookFields messages',
    ]);
  });

  it('leaves out a secret that there is not, and never shows a saved one', () => {
    assert.deepEqual(values('meta', { verifyToken: '' }).length, 2);
    const saved = entriesOf('sinch', { ...filled, webhookSecret: '__PWRD__' });
    const [, secret] = saved;
    assert.deepEqual([secret?.isSecret, secret?.isSaved], [true, true]);
  });

  it('has the header of a gateway by the name that the form gives it', () => {
    const [, name, value] = values('generic', { header: ' X-Key ' });
    assert.deepEqual([name, value], ['headerName X-Key', 'headerValue a secret']);
    assert.equal(values('generic')[1], 'headerName X-Webhook-Secret');
  });

  it('has Kaleyra name every variable that its adapter reads', () => {
    const [messages, statuses] = values('kaleyra');
    assert.match(messages ?? '', /path\?body=<body>&.*created_at=<created_at>/);
    assert.match(statuses ?? '', /path\?id=<id>&status=<status>&/);
  });

  it('has Twilio come again for what could not be kept', () => {
    assert.match(values('twilio')[0] ?? '', /#rc=4&rp=5xx,ct,rt$/);
  });

  it('has in a public URL with what was entered at the provider each part once', () => {
    const again = '#rc=4&rp=5xx,ct,rt';
    for (const entered of [again, '#rc=2']) {
      assert.equal(values('twilio', { url: url + entered })[0], `incomingUrl ${url}${again}`);
    }
    const [messages] = values('kaleyra', { url: `${url}?tenant=7#x` });
    assert.match(messages ?? '', /path\?tenant=7&body=<body>&[^?#]*$/);
  });
});

describe('whether a provider can reach an address', () => {
  const open = 'shop.example a.ngrok.app 8.8.8.8 172.32.0.1 11.0.0.1 [2001:db8::1]';
  const closed =
    'localhost 127.0.0.1 10.1.2.3 192.168.0.7 172.16.0.1 169.254.1.1 [::1] [fd00::1] [fe80::1] nodered box.local x.internal 0.0.0.0';

  it('is told by the host', () => {
    for (const host of open.split(' ')) assert.ok(isPublic(`https://${host}/x`), host);
    for (const host of closed.split(' ')) assert.ok(!isPublic(`https://${host}:1880/x`), host);
  });

  it('takes https', () => {
    assert.ok(!isPublic('http://shop.example/x'));
    assert.ok(!isPublic('no address'));
  });
});
