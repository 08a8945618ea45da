import { BlockList, isIP } from 'node:net';
import { TriggerError } from '../errors.ts';
import type { Family } from './addresses.ts';

/** A private target that may be called all the same: a host by its name, or addresses. */
export type Allowed =
  | { readonly kind: 'host'; readonly host: string; readonly port: number | undefined }
  | { readonly kind: 'addresses'; readonly list: BlockList; readonly port: number | undefined };

export interface Dial {
  readonly host: string;
  readonly address: string;
  readonly family: Family;
  readonly port: number;
}

const hostPattern = /^[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?$/;

/** Reads `crm.local`, `crm.local:8080`, `10.0.0.5`, `[fd00::1]:8443` or `10.0.0.0/8`; else throws E_CONFIG. */
export function parseAllow(entry: string): Allowed {
  const text = entry.trim();
  const cidr = /^([^/]+)\/(\d{1,3})$/.exec(text);
  if (cidr) return subnet(entry, cidr[1] ?? '', Number(cidr[2]));
  if (isIP(text) !== 0) return single(text, undefined);
  const [, name = text, digits] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65535)) throw refusal(entry);
  const address = name.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0) return single(address, port);
  const host = URL.parse(`http://${name}/`)?.hostname.replace(/\.$/, '') ?? '';
  if (!hostPattern.test(host) || /[/?#@\\]/.test(name)) throw refusal(entry);
  return isIP(host) === 0 ? { kind: 'host', host, port } : single(host, port);
}

export function allows(allowed: Allowed, dial: Dial): boolean {
  if (allowed.port !== undefined && allowed.port !== dial.port) return false;
  return allowed.kind === 'host'
    ? allowed.host === dial.host
    : allowed.list.check(dial.address, dial.family);
}

function subnet(entry: string, network: string, prefix: number): Allowed {
  const version = isIP(network);
  if (version === 0 || prefix > (version === 6 ? 128 : 32)) throw refusal(entry);
  const list = new BlockList();
  list.addSubnet(network, prefix, version === 6 ? 'ipv6' : 'ipv4');
  return { kind: 'addresses', list, port: undefined };
}

function single(address: string, port: number | undefined): Allowed {
  const list = new BlockList();
  list.addAddress(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return { kind: 'addresses', list, port };
}

function refusal(entry: string): TriggerError {
  return new TriggerError(
    'E_CONFIG',
    `Among the allowed hosts, ${JSON.stringify(entry)} is no host, host:port or CIDR.`,
  );
}
