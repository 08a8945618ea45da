import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { TriggerError } from '../errors.ts';
import { allows, parseAllow } from './allow.ts';
import { isGuarded, isMetadata, metadataNames } from './addresses.ts';

/** Says which hosts and addresses may be called; asked again at every dial, so DNS cannot trick it. */
export interface TargetPolicy {
  /** Whether no private target is allowed at all. */
  readonly strict: boolean;
  /** Throws E_HTTP_BLOCKED for a forbidden name or literal address: no DNS hook ever sees a literal. */
  check(host: string, port: number): void;
  /** The look-up for a connection: it fails with E_HTTP_BLOCKED when any of the addresses is forbidden. */
  lookup(port: number): LookupFunction;
}

export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

/** `allow` holds a host, host:port, address or CIDR an entry; throws E_CONFIG for anything else. */
export function createTargetPolicy(
  allow: readonly string[],
  resolve: Resolve = systemLookup,
): TargetPolicy {
  const allowed = allow.map(parseAllow);

  function checkAddress(address: string, host: string, port: number): void {
    const plain = address.replace(/%.*$/, '');
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
    if (isMetadata(plain, family)) throw blocked(host, plain, 'a metadata service');
    if (!isGuarded(plain, family)) return;
    if (allowed.some((entry) => allows(entry, { host, address: plain, family, port }))) return;
    throw blocked(host, plain, 'not public, and not among the allowed hosts');
  }

  /** What a name or literal is never changes: each is looked at once. */
  const passed = new Set<string>();

  function check(host: string, port: number): void {
    const place = `${host}:${port}`;
    if (passed.has(place)) return;
    const name = plainHost(host);
    if (metadataNames.has(name)) throw blocked(name, name, 'a metadata service');
    if (isIP(name) !== 0) checkAddress(name, name, port);
    passed.add(place);
  }

  function lookup(port: number): LookupFunction {
    return (hostname, options, callback) => {
      resolve(hostname, { ...options, all: true }, (error, found) => {
        if (error) return callback(error, []);
        try {
          for (const { address } of found) checkAddress(address, plainHost(hostname), port);
        } catch (refusal) {
          return callback(refusal as TriggerError, []);
        }
        const [first] = found;
        if (options.all || !first) callback(null, found);
        else callback(null, first.address, first.family);
      });
    };
  }

  return { strict: allowed.length === 0, check, lookup };
}

/** Without the brackets of an IPv6 literal and the dot that ends a full domain name. */
function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

function blocked(host: string, address: string, why: string): TriggerError {
  const where = host === address ? host : `${host} (${address})`;
  return new TriggerError('E_HTTP_BLOCKED', `The target ${where} is ${why}.`);
}
