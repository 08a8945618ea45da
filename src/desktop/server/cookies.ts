/**
 * The session cookie. Over TLS it has the prefix that keeps a plain-text neighbour from planting one;
 * `__Host-` would ask for the path "/", and a desktop's cookie is for its own path.
 */
export function cookieName(secure: boolean): string {
  return secure ? '__Secure-agent-desktop' : 'agent-desktop';
}

/** An empty value takes the cookie away. */
export function cookieHeader(value: string, path: string, secure: boolean): string {
  const attributes = [`Path=${path}`, 'HttpOnly', 'SameSite=Strict'];
  if (secure) attributes.push('Secure');
  if (value === '') attributes.push('Max-Age=0');
  return [`${cookieName(secure)}=${value}`, ...attributes].join('; ');
}

/** Every value that a Cookie header has for a name: a broader path may add a cookie of the same name. */
export function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
