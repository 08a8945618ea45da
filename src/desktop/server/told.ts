import type { PageReceipt, PageWord } from '../protocol.ts';
import type { PageName } from './page-facts.ts';

/** What a connection was told of a page, and so may still say about it. */
export interface Told {
  readonly page: PageName;
  /** `listed`: it is in a list of the agent's; it was shown elsewhere, or to nobody. */
  state: 'claimable' | 'claimed' | 'shown' | 'confirmed' | 'listed' | 'withdrawn';
  /** What it reported, once each. */
  receipts: readonly PageReceipt[];
}

export type ToldPages = Map<string, Told>;

const mostTold = 2000;
const none: readonly PageReceipt[] = [];

/** Of a long day the oldest are forgotten: nobody reports on them any more. */
export function tellOf(told: ToldPages, page: PageName, state: Told['state']): void {
  told.delete(page.id);
  told.set(page.id, { page, state, receipts: none });
  const [oldest] = told.keys();
  if (told.size > mostTold && oldest !== undefined) told.delete(oldest);
}

/**
 * Taking up what we told, and confirming once what we granted or listed, is no flood, however many pages
 * there are.
 */
export function isInvited(told: ToldPages, word: PageWord): boolean {
  if (word.type === 'claim') return told.get(word.pageId)?.state === 'claimable';
  if (word.type !== 'receipt' || word.what !== 'shown') return false;
  const state = told.get(word.pageId)?.state;
  return state === 'shown' || state === 'listed';
}
