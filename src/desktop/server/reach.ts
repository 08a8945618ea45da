import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';

/** How a request came to us. */
export interface Reach {
  /** Whether its sender speaks TLS, with us or with the outermost proxy that we trust. */
  readonly secure: boolean;
  /** The address of whoever stands in front of our own proxies. */
  readonly address: string;
  /** Whether it came through as many proxies as we trust: only then its headers speak for them. */
  readonly proxied: boolean;
}

/** A request with how it came to us. */
export interface Visit extends Reach {
  readonly message: IncomingMessage;
}

/**
 * Anybody can write forwarding headers, so only the entries that our own `hops` proxies have added count:
 * each one adds to the end. With no such proxy the headers say nothing.
 */
export function reachOf(message: IncomingMessage, hops: number): Reach {
  const { socket } = message;
  const addresses = fromTheEnd(message.headers['x-forwarded-for']);
  const schemes = fromTheEnd(message.headers['x-forwarded-proto']);
  const outermost = <Item>(items: readonly Item[]) => items[Math.min(hops, items.length) - 1];
  const encrypted = (socket as TLSSocket).encrypted ?? false;
  return {
    secure: encrypted || outermost(schemes)?.toLowerCase() === 'https',
    address: withoutPort(outermost(addresses)) ?? socket.remoteAddress ?? '',
    proxied: hops > 0 && addresses.length >= hops,
  };
}

/** The entries of a header that every proxy on the way adds to, the nearest proxy's first. */
function fromTheEnd(header: string | string[] | undefined): readonly string[] {
  const entries = [header ?? []].flat().join(',').split(',');
  return entries
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .reverse();
}

/** Some proxies add the port, which changes with every connection of the same sender. */
function withoutPort(address: string | undefined): string | undefined {
  return address?.replace(/^\[(.*)\](?::\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
}
