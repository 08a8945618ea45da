import type { TriggerError } from '../errors.ts';
import type { Crossing, Level } from '../inbox/bounds.ts';
import type { Route } from './route.ts';

export type Refusal =
  'token' | 'signature' | 'method' | 'type' | 'encoding' | 'size' | 'slow' | 'body read' | 'full';

/** What happened at a path or to an account, for status, log and counters. */
export type News =
  | { readonly kind: 'handshake' }
  | {
      readonly kind: 'received';
      readonly account: string;
      readonly events: number;
      readonly duplicates: number;
    }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  | { readonly kind: 'unknown number'; readonly number: string }
  | { readonly kind: 'quarantined'; readonly reason: string }
  | NoticeNews
  | { readonly kind: 'failed'; readonly error: TriggerError }
  | { readonly kind: 'level'; readonly of: Crossing['of']; readonly level: Level }
  /** Why nothing can be sent until somebody mends the account; without a problem it can again. */
  | { readonly kind: 'health'; readonly problem?: string };

/** What came so many times in one request, and no flow is told. */
export interface NoticeNews {
  readonly kind: 'notice';
  /** The account's node; "" when it is about none of ours. */
  readonly account: string;
  readonly about: string;
  readonly text: string;
  readonly count: number;
}

export type Tell = (route: Route, news: News) => void;

/** One for each account and kind: a history comes in thousands. */
export function gathered(
  notices: readonly Pick<NoticeNews, 'account' | 'about' | 'text'>[],
): readonly NoticeNews[] {
  const all = new Map<string, NoticeNews>();
  for (const notice of notices) {
    const key = `${notice.account} ${notice.about}`;
    const count = (all.get(key)?.count ?? 0) + 1;
    all.set(key, { kind: 'notice', ...notice, count });
  }
  return [...all.values()];
}
