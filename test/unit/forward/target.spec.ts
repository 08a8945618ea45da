import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import { TriggerError } from '../../../src/errors.ts';
import { createTargetPolicy, type TargetPolicy } from '../../../src/forward/target.ts';

/** How a URL is answered: an open host may still lead to a forbidden address, which the look-up sees. */
function verdict(policy: TargetPolicy, url: string): 'passes' | 'blocked' {
  const { hostname, port } = new URL(url);
  try {
    policy.check(hostname, Number(port) || 80);
    return 'passes';
  } catch (error) {
    assert.ok(error instanceof TriggerError);
    assert.equal(error.code, 'E_HTTP_BLOCKED');
    return 'blocked';
  }
}

const privateTargets = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://127.000.000.001/',
  'http://127.255.255.254/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7F.0x0.0x0.0x1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://%31%32%37.0.0.1/',
  'http://１２７.0.0.1/',
  'http://①②⑦.⓪.⓪.①/',
  'http://127。0。0。1/',
  'http://user:pass@127.0.0.1/',
  'http://crm.example@127.0.0.1/',
  'http://127.0.0.1:1880/',
  'http://0/',
  'http://0.0.0.0/',
  'http://0.1.2.3/',
  'http://[::]/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::127.0.0.1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[0:0:0:0:0:ffff:7f00:0001]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[64:ff9b::10.0.0.1]/',
  'http://[64:ff9b:1::10.0.0.1]/',
  'http://[2002:7f00:1::]/',
  'http://[2002:a00:1::1]/',
  'http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
  'http://10.0.0.1/',
  'http://10.255.255.255/',
  'http://167772161/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://192.168.1/',
  'http://0xc0a80001/',
  'http://100.64.0.1/',
  'http://100.127.255.255/',
  'http://169.254.1.1/',
  'http://192.0.0.1/',
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://198.51.100.1/',
  'http://203.0.113.1/',
  'http://224.0.0.1/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://[fc00::1]/',
  'http://[fd12:3456:789a::1]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://[100::1]/',
  'http://[2001:db8::1]/',
  'http://[3fff::1]/',
  'http://[5f00::1]/',
];

const metadataTargets = [
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://0251.0376.0251.0376/',
  'http://169.254.43518/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[::169.254.169.254]/',
  'http://[::ffff:0:169.254.169.254]/',
  'http://[64:ff9b::169.254.169.254]/',
  'http://[64:ff9b:1::a9fe:a9fe]/',
  'http://[2002:a9fe:a9fe::1]/',
  'http://[fe80::a9fe:a9fe]/',
  'http://[fd00:ec2::254]/',
  'http://[FD00:0EC2:0:0:0:0:0:254]/',
  'http://[fd20:ce::254]/',
  'http://169.254.170.2/',
  'http://100.100.100.200/',
  'http://192.0.0.192/',
  'http://168.63.129.16/',
  'http://metadata.google.internal/',
  'http://METADATA.Google.Internal./',
  'http://metadata/',
  'http://metadata.goog/',
  'http://instance-data/',
];

const publicTargets = [
  'http://8.8.8.8/',
  'http://1.1.1.1/',
  'http://9.255.255.255/',
  'http://11.0.0.1/',
  'http://172.15.255.255/',
  'http://172.32.0.1/',
  'http://192.167.255.255/',
  'http://100.63.255.255/',
  'http://100.128.0.1/',
  'http://[2606:4700:4700::1111]/',
  'http://[2a00:1450:4002:403::200e]/',
  'http://crm.example/',
  'http://metadata.crm.example/',
];

describe('The target policy', () => {
  const strict = createTargetPolicy([]);
  const everything = createTargetPolicy(['0.0.0.0/0', '::/0', 'metadata', '169.254.169.254']);

  for (const url of privateTargets) {
    it(`blocks ${url} unless it is allowed`, () => {
      assert.equal(verdict(strict, url), 'blocked');
      assert.equal(verdict(everything, url), 'passes');
    });
  }

  for (const url of metadataTargets) {
    it(`blocks ${url} whatever is allowed`, () => {
      assert.equal(verdict(strict, url), 'blocked');
      assert.equal(verdict(everything, url), 'blocked');
    });
  }

  for (const url of publicTargets) {
    it(`lets ${url} pass`, () => assert.equal(verdict(strict, url), 'passes'));
  }

  for (const [allow, url, expected] of [
    ['10.0.0.0/8', 'http://10.1.2.3/', 'passes'],
    ['10.0.0.0/8', 'http://192.168.0.1/', 'blocked'],
    ['10.0.0.5', 'http://10.0.0.5:8080/', 'passes'],
    ['10.0.0.5', 'http://10.0.0.6/', 'blocked'],
    ['10.0.0.5:8080', 'http://10.0.0.5:8080/', 'passes'],
    ['10.0.0.5:8080', 'http://10.0.0.5:8081/', 'blocked'],
    ['10.0.0.5:80', 'http://10.0.0.5/', 'passes'],
    ['2130706433', 'http://127.0.0.1/', 'passes'],
    ['fd00::/8', 'http://[fd00::1]/', 'passes'],
    ['fd00::1', 'http://[FD00:0::1]/', 'passes'],
    ['[fd00::1]:8443', 'http://[fd00::1]:8443/', 'passes'],
    ['[fd00::1]:8443', 'http://[fd00::1]/', 'blocked'],
    ['fd00::/8', 'http://10.0.0.1/', 'blocked'],
    ['crm.local', 'http://10.0.0.1/', 'blocked'],
  ] as const) {
    it(`with ${allow} allowed: ${url} ${expected === 'passes' ? expected : 'is blocked'}`, () => {
      assert.equal(verdict(createTargetPolicy([allow]), url), expected);
    });
  }

  for (const entry of [
    '10.0.0.0/33',
    'fd00::/129',
    'crm.local/8',
    '10.0.0.0/',
    'http://crm.local',
    'crm.local:0',
    'crm.local:70000',
    'crm.local:x',
    '*.crm.local',
    'crm local',
    'a@crm.local',
    '[::1',
    '{{host}}',
  ]) {
    it(`refuses ${JSON.stringify(entry)} among the allowed hosts`, () => {
      assert.throws(() => createTargetPolicy([entry]), { code: 'E_CONFIG' });
    });
  }
});

describe('The look-up of a target', () => {
  const look = (addresses: readonly string[], allow: readonly string[], host = 'crm.local') =>
    new Promise<unknown>((resolve) => {
      const found: LookupAddress[] = addresses.map((address) => ({
        address,
        family: address.includes(':') ? 6 : 4,
      }));
      const policy = createTargetPolicy(allow, (_hostname, _options, callback) =>
        callback(null, found),
      );
      policy.lookup(8080)(host, { all: true }, (error, answer) => resolve(error ?? answer));
    });

  for (const [what, addresses, allow] of [
    ['a private address', ['10.0.0.1'], []],
    ['one private among public addresses', ['8.8.8.8', '127.0.0.1'], []],
    ['a private IPv6 beside a public IPv4 address', ['8.8.8.8', 'fd00::1'], []],
    ['a metadata address of an allowed host', ['169.254.169.254'], ['crm.local']],
    ['a private address of another allowed host', ['10.0.0.1'], ['erp.local']],
    ['a private address at another port', ['10.0.0.1'], ['crm.local:8081', '10.0.0.1:80']],
    ['a link-local address with a zone', ['fe80::1%eth0'], []],
  ] as const) {
    it(`fails for ${what}`, async () => {
      const error = await look(addresses, allow);
      assert.ok(error instanceof TriggerError, String(error));
      assert.equal(error.code, 'E_HTTP_BLOCKED');
    });
  }

  for (const [what, allow] of [
    ['the host', ['CRM.local']],
    ['host and port', ['crm.local:8080']],
    ['the range', ['10.0.0.0/8']],
    ['address and port', ['10.0.0.1:8080']],
  ] as const) {
    it(`gives a private address when ${what} is allowed`, async () => {
      assert.deepEqual(await look(['10.0.0.1'], allow), [{ address: '10.0.0.1', family: 4 }]);
    });
  }

  it('is asked at every dial, so that an answer that changes is seen', async () => {
    const answers = ['8.8.8.8', '127.0.0.1'];
    const policy = createTargetPolicy([], (_hostname, _options, callback) =>
      callback(null, [{ address: answers.shift() ?? '', family: 4 }]),
    );
    const dial = () =>
      new Promise((resolve) => {
        policy.lookup(80)('rebind.example', {}, (error, address) => resolve(error ?? address));
      });
    assert.equal(await dial(), '8.8.8.8');
    assert.equal(((await dial()) as TriggerError).code, 'E_HTTP_BLOCKED');
  });

  it('passes the failure of the name service on', async () => {
    const failure = Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
    const policy = createTargetPolicy([], (_hostname, _options, callback) => callback(failure, []));
    const error = await new Promise((resolve) => policy.lookup(80)('x.example', {}, resolve));
    assert.equal(error, failure);
  });
});
