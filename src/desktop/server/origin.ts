/** What a request tells about where it comes from. */
export interface Provenance {
  readonly origin: string | undefined;
  readonly host: string | undefined;
  /** The header Sec-Fetch-Site. */
  readonly fetchSite: string | undefined;
  /** Whether the request came over TLS as far as we know. */
  readonly secure: boolean;
}

/**
 * Whether the header Origin names our own host or one of the `allowed` origins, exactly. A plain
 * request may stand behind a proxy that ended TLS, so https of the same host is right there too.
 */
export function isOwnOrigin(from: Provenance, allowed: readonly string[]): boolean {
  const { origin, host, secure } = from;
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { origin: exact, protocol, host: named } = new URL(origin);
  if (exact !== origin) return false;
  if (allowed.includes(origin)) return true;
  if (protocol !== 'https:' && (protocol !== 'http:' || secure)) return false;
  return host !== undefined && named === normalHost(protocol, host);
}

/**
 * Whether a request that changes something may be one of our page: a browser that posts for another
 * site says so in one of the two headers; a client that is no browser sends neither.
 */
export function isOwnPost(from: Provenance, allowed: readonly string[]): boolean {
  if (from.origin !== undefined) return isOwnOrigin(from, allowed);
  return from.fetchSite === undefined || from.fetchSite === 'same-origin';
}

/** Without the port that the scheme has anyway, as a browser writes it in an origin. */
function normalHost(protocol: string, host: string): string | undefined {
  const url = `${protocol}//${host}`;
  if (/[/?#@\\]/.test(host) || !URL.canParse(url)) return undefined;
  return new URL(url).host;
}
