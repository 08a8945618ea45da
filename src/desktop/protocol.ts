/**
 * The words that the agents' page and its server exchange over the one channel
 * (`<httpNodeRoot>/<desktop path>/channel`, JSON text frames). Shared by both sides; times are
 * milliseconds since 1970 by the server's clock.
 */
import type { PageContent } from '../store/contract.ts';

export interface OfferView {
  readonly id: string;
  /** The contact's name, else phone, else user id: the accessible name of the offer's group. */
  readonly contact: string;
  readonly detail: string;
  readonly account: string;
  readonly queue: string;
  readonly text: string;
  readonly createdAt: number;
  readonly expiresAt?: number;
}

export interface PageView {
  readonly id: string;
  /** A page of the same key with repeat "replace" takes the place of the one that is shown. */
  readonly key: string;
  readonly repeat: 'once' | 'replace' | 'stack';
  readonly content: PageContent;
  readonly createdAt: number;
}

export type ServerWord =
  | {
      readonly type: 'welcome';
      readonly agent: { readonly username: string; readonly name: string };
      readonly desktop: string;
      readonly now: number;
    }
  /** Every standing offer for this agent; replaces what was known. */
  | { readonly type: 'offers'; readonly offers: readonly OfferView[] }
  | { readonly type: 'answered'; readonly offerId: string; readonly won: boolean }
  /** A page waits: whoever wants to show it asks for it with `claim`. */
  | { readonly type: 'page'; readonly page: PageView }
  /** The answer to `claim`: only a granted page is shown, and only here. */
  | { readonly type: 'claimed'; readonly pageId: string; readonly granted: boolean }
  /** These pages wait no longer; what is shown stays. */
  | { readonly type: 'withdrawn'; readonly pageIds: readonly string[] }
  /** What this agent was not shown in time, newest first. */
  | { readonly type: 'missed'; readonly pages: readonly PageView[] }
  | { readonly type: 'pong' };

export type PageWord =
  | { readonly type: 'accept'; readonly offerId: string }
  | { readonly type: 'reject'; readonly offerId: string }
  | { readonly type: 'claim'; readonly pageId: string }
  | { readonly type: 'ping' };

/** Who is logged in: the answer to a login and to `GET <desktop path>/session`, which is 204 for nobody. */
export interface SessionView {
  readonly username: string;
  readonly name: string;
}
