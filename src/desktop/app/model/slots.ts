import type { PageView } from '../../protocol.ts';

/**
 * Where a page goes among those on the screen: to its own place when it is there already, a replacing
 * page to the place of its key; -1 = it needs a new place, named by its id.
 */
export function placeOf(
  shown: readonly { readonly slot: string; readonly page: PageView }[],
  { id, key, repeat }: PageView,
): number {
  const own = shown.findIndex(({ slot, page }) => page.id === id || slot === id);
  if (own >= 0 || repeat !== 'replace') return own;
  return shown.findIndex(({ page }) => page.key === key);
}
