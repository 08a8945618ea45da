import { webAddress, windowFeatures } from './model/address.ts';
import type { CtiPage } from './model/state.ts';

/**
 * Opens a CTI page in a tab or window of the browser; false where the browser blocked it. Asking for
 * `noopener` would hide whether it was: so an empty window is opened, cut off from this one, and then
 * sent on its way. Cut off, it cannot be found again: a replacing page opens a window of its own.
 */
export function openWindow({ content }: CtiPage): boolean {
  const address = webAddress(content.url);
  if (address === undefined) return true;
  const opened = window.open('', '_blank', windowFeatures(content));
  if (!opened || opened.closed) return false;
  opened.opener = null;
  opened.location.replace(address);
  return true;
}
