/**
 * Whether a header can be one that only a proxy sets: none that browsers write, and none that has a
 * meaning of its own.
 */
export function isProxyHeader(name: string): boolean {
  return tokenPattern.test(name) && !takenPattern.test(name);
}

const tokenPattern = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
const takenPattern =
  /^(?:accept|authorization|connection|content|cookie|host|origin|referer|sec|upgrade|user-agent)(?:-.*)?$|^x-forwarded-(?:for|host|proto)$/i;
