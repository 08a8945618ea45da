import { BlockList } from 'node:net';

/** Services that hand a machine's credentials to whoever asks from it: no setting opens them. */
const metadataV4 = [
  '169.254.169.254', // AWS, Azure, Google, Oracle, DigitalOcean, OpenStack
  '169.254.170.2', // AWS container credentials
  '169.254.170.23', // AWS pod identity
  '169.254.42.42', // Scaleway
  '100.100.100.200', // Alibaba
  '192.0.0.192', // Oracle
  '168.63.129.16', // Azure host
];
const metadataV6 = ['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254', 'fd00:42::42'];

export const metadataNames: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'instance-data',
  'instance-data.ec2.internal',
]);

/** Prefixes under which an IPv6 address carries an IPv4 one in its last 32 bits. */
const carriers = ['::', '::ffff:0:', '64:ff9b::', '64:ff9b:1::', 'fe80::', 'fe80::5efe:'];

/** Everything that is not an ordinary address of the public internet (IANA special-purpose registries). */
const guardedV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Only 2000::/3 is public; within it, these are not. */
const guardedV6 = [
  '::/3',
  '4000::/2',
  '8000::/1',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
];

const metadata = metadataList();
/** Apart, for a list of both also compares an IPv4 address in its mapped IPv6 form. */
const guarded = { ipv4: listOf(guardedV4, 'ipv4'), ipv6: listOf(guardedV6, 'ipv6') };

export type Family = 'ipv4' | 'ipv6';

export function isMetadata(address: string, family: Family): boolean {
  return metadata.check(address, family);
}

/** Whether an address is private, loopback, link-local or otherwise no ordinary public one. */
export function isGuarded(address: string, family: Family): boolean {
  return guarded[family].check(address, family);
}

function metadataList(): BlockList {
  const list = new BlockList();
  for (const address of metadataV4) {
    list.addAddress(address, 'ipv4'); // and its mapped spelling ::ffff:a.b.c.d
    const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
    const high = ((a << 8) | b).toString(16);
    const low = ((c << 8) | d).toString(16);
    for (const carrier of carriers) list.addAddress(`${carrier}${high}:${low}`, 'ipv6');
    list.addSubnet(`2002:${high}:${low}::`, 48, 'ipv6');
  }
  for (const address of metadataV6) list.addAddress(address, 'ipv6');
  return list;
}

function listOf(cidrs: readonly string[], family: Family): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', prefix] = cidr.split('/');
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}
