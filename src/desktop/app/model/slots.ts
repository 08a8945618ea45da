import type { PageView } from '../../protocol.ts';

interface Shown {
  readonly slot: string;
  readonly page: PageView;
  readonly pinned?: boolean;
}

/**
 * Where a page goes among those on the screen: to its own place when it is there already, a replacing
 * page to the place of its key, unless the agent keeps that; -1 = it needs a new place, named by its id.
 */
export function placeOf(shown: readonly Shown[], { id, key, repeat }: PageView): number {
  const own = shown.findIndex(({ slot, page }) => page.id === id || slot === id);
  if (own >= 0 || repeat !== 'replace') return own;
  return shown.findIndex(({ page, pinned }) => page.key === key && pinned !== true);
}
