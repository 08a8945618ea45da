/** The session cookie of one desktop, which has to say the same wherever it is set, read or taken away. */
export interface CookiePlace {
  /** The whole path of the desktop. */
  readonly fullPath: string;
  /** Whether the request came over TLS. */
  readonly secure: boolean;
  /** Whether the page may be in a frame of another site. */
  readonly embedded: boolean;
}

/**
 * Over TLS the name has the prefix that keeps neighbouring hosts and plain-text pages from planting a
 * cookie. It asks for the path "/", so each desktop of the host has a name of its own.
 */
export function cookieName({ fullPath, secure }: Omit<CookiePlace, 'embedded'>): string {
  const own = fullPath
    .replace(/^\//, '')
    .replace(/\//g, '.')
    .replace(/[^\w.-]/g, '-');
  return secure ? `__Host-agent-desktop.${own}` : 'agent-desktop';
}

/** An empty value takes the cookie away. */
export function cookieHeader(value: string, place: CookiePlace): string {
  const { fullPath, secure, embedded } = place;
  const attributes = secure ? ['Path=/', 'Secure'] : [`Path=${fullPath}`];
  attributes.push('HttpOnly');
  // A strict cookie never comes from a foreign frame; a partitioned one comes only from where it was set.
  if (embedded && secure) attributes.push('SameSite=None', 'Partitioned');
  else attributes.push('SameSite=Strict');
  if (value === '') attributes.push('Max-Age=0');
  return [`${cookieName(place)}=${value}`, ...attributes].join('; ');
}

/** Every value that a Cookie header has for a name: a broader path may add a cookie of the same name. */
export function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
