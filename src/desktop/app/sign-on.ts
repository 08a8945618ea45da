/**
 * The sign-on token that another site has put behind the address (`…/desktop/#token=…`). It is taken out
 * of the address at once, so that no history, bookmark or screen keeps it; a fragment is never sent.
 */
export function takeToken(
  place: Pick<Location, 'hash' | 'pathname' | 'search'>,
  past: Pick<History, 'replaceState'>,
): string | undefined {
  const token = new URLSearchParams(place.hash.replace(/^#/, '')).get('token');
  if (token === null) return undefined;
  past.replaceState(null, '', `${place.pathname}${place.search}`);
  return token === '' ? undefined : token;
}

/**
 * Whom a token names; undefined = nobody that could be read. The page cannot check the signature, so this
 * opens nothing: it only tells whether a session is that of whoever was sent here.
 */
export function subjectOf(token: string): string | undefined {
  const [, body = ''] = token.split('.');
  try {
    const bytes = atob(body.replace(/-/g, '+').replace(/_/g, '/'));
    const text = new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
    const { sub } = JSON.parse(text) as { readonly sub?: unknown };
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}
