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
