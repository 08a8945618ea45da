import type { MediaSource } from '../provider/sender.ts';

/**
 * The headers that a host may be shown: those with the account's token only where the provider says
 * that the host is its own, and never without encryption but at the address that the operator entered.
 */
export function headersFor(
  url: URL,
  { headers, hosts }: Pick<MediaSource, 'headers' | 'hosts'>,
  apiUrl: string,
): Readonly<Record<string, string>> {
  const isSafe = url.protocol === 'https:' || url.origin === URL.parse(apiUrl)?.origin;
  return isSafe && hosts.some((host) => isOf(host.toLowerCase(), url)) ? headers : {};
}

function isOf(pattern: string, { host, hostname }: URL): boolean {
  if (pattern.startsWith('*.')) return hostname.endsWith(pattern.slice(1));
  return pattern === host || pattern === hostname;
}
