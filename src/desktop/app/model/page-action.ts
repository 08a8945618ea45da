import type { PageView } from '../../protocol.ts';
import type { CtiPage } from './state.ts';

/** What happens with popups, windows and dashboard tabs; `at` is by this browser's clock. */
export type PageAction =
  | { readonly type: 'claimDue'; readonly pageId: string }
  | { readonly type: 'popupClosed'; readonly slot: string }
  | { readonly type: 'popupRaised'; readonly slot: string }
  /** The agent closes every popup at once. */
  | { readonly type: 'popupsCleared' }
  | { readonly type: 'tabSelected'; readonly slot: string }
  | { readonly type: 'tabClosed'; readonly slot: string }
  | { readonly type: 'tabPinned'; readonly slot: string; readonly pinned: boolean }
  | { readonly type: 'tabReloaded'; readonly slot: string }
  /** The agent asks for a page of "Recent" or "Missed" again. */
  | { readonly type: 'reopened'; readonly page: PageView }
  | { readonly type: 'windowOpened'; readonly page: CtiPage }
  | { readonly type: 'windowBlocked'; readonly page: CtiPage }
  /** The agent has stopped typing: what waited for that may come to the front. */
  | { readonly type: 'typingEnded'; readonly at: number }
  | { readonly type: 'heldOpened'; readonly pageId: string }
  | { readonly type: 'heldDismissed'; readonly pageId: string };

export type PageEffect = { readonly type: 'openWindow'; readonly page: CtiPage };
