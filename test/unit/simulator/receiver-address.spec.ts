import assert from 'node:assert/strict';
import { receiverAddress } from '../../../src/simulator/server/receiver-address.ts';

const listening = {
  address: { address: '127.0.0.1', family: 'IPv4', port: 1880 },
  secure: false,
  webhookRoot: '/',
} as const;

describe('the address of our own webhook', () => {
  it('lies below httpNodeRoot, however that is written', () => {
    const expected = 'http://127.0.0.1:1880/flows/whatsapp/shop';
    for (const webhookRoot of ['flows', '/flows', '/flows/', 'flows/']) {
      assert.equal(receiverAddress({ ...listening, webhookRoot }, 'shop').href, expected);
    }
    assert.equal(receiverAddress(listening, 'shop').href, 'http://127.0.0.1:1880/whatsapp/shop');
  });

  it('is on the loopback where the server listens on every interface', () => {
    const at = (address: string, family: string): string =>
      receiverAddress({ ...listening, address: { address, family, port: 1880 } }, 'a').host;
    assert.equal(at('0.0.0.0', 'IPv4'), '127.0.0.1:1880');
    assert.equal(at('::', 'IPv6'), '[::1]:1880');
    assert.equal(at('192.168.1.5', 'IPv4'), '192.168.1.5:1880');
    assert.equal(at('fd00::5', 'IPv6'), '[fd00::5]:1880');
  });

  it('is https when the server is', () => {
    const { protocol } = receiverAddress({ ...listening, secure: true }, 'shop');
    assert.equal(protocol, 'https:');
  });

  it('does not exist without HTTP nodes or without a port', () => {
    const refused = { code: 'E_CONFIG' };
    assert.throws(() => receiverAddress({ ...listening, webhookRoot: false }, 'a'), refused);
    assert.throws(() => receiverAddress({ ...listening, address: '/run/socket' }, 'a'), refused);
    assert.throws(() => receiverAddress({ ...listening, address: null }, 'a'), refused);
  });
});
