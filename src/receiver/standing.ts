import type { News } from './news.ts';

/** How an account stands with its provider. Times are milliseconds since 1970. */
export interface Standing {
  /** Since when it is there to hear anything. */
  readonly since: number;
  /** Hours without an event after which it counts as quiet; 0 = never. */
  readonly quietAfter: number;
  /** When its last event came; undefined = none is known of. */
  readonly heardAt?: number;
  /** When its provider verified the webhook's URL. */
  readonly verifiedAt?: number;
  /** What is wrong with what comes, until an event comes again. */
  readonly trouble?: Trouble;
}

export interface Trouble {
  readonly news: Troubling;
  /** The first time of several without another one or an event between. */
  readonly since: number;
}

export type Troubling = Extract<
  News,
  { readonly kind: 'refused' | 'unknown number' | 'quarantined' | 'failed' }
>;

const hour = 3_600_000;

/** The standing after a piece of news; the same one where it tells nothing about it. */
export function heard(standing: Standing, news: News, now: number): Standing {
  switch (news.kind) {
    case 'received':
      return eventHeard(standing, now);
    case 'handshake': {
      const verified = { ...standing, verifiedAt: now };
      return isAboutToken(standing.trouble) ? withoutTrouble(verified) : verified;
    }
    case 'refused':
      return isTelling(news) ? troubled(standing, news, now) : standing;
    case 'unknown number':
    case 'quarantined':
    case 'failed':
      return troubled(standing, news, now);
    case 'notice':
    case 'level':
    case 'health':
      return standing;
  }
}

function eventHeard(standing: Standing, now: number): Standing {
  return { ...withoutTrouble(standing), heardAt: now };
}

/** Whoever has mended the account deploys it: what was wrong before may be right now. */
export function withoutTrouble(standing: Standing): Standing {
  const { trouble: _, ...rest } = standing;
  return rest;
}

/** Of the refusals only those that a wrong set-up causes: strangers knock at every door. */
function isTelling({ reason }: Extract<News, { kind: 'refused' }>): boolean {
  return ['signature', 'token', 'type', 'body read'].includes(reason);
}

function troubled(standing: Standing, news: Troubling, now: number): Standing {
  const { trouble } = standing;
  const isSame = trouble !== undefined && aboutOf(trouble.news) === aboutOf(news);
  return { ...standing, trouble: { news, since: isSame ? trouble.since : now } };
}

/** What makes two troubles the same one. */
function aboutOf(news: Troubling): string {
  switch (news.kind) {
    case 'refused':
      return `refused ${news.reason}`;
    case 'unknown number':
      return `number ${news.number}`;
    case 'failed':
      return `failed ${news.error.code}`;
    case 'quarantined':
      return news.kind;
  }
}

function isAboutToken(trouble: Trouble | undefined): boolean {
  return trouble?.news.kind === 'refused' && trouble.news.reason === 'token';
}

/** From when on it is too quiet, unless an event comes; undefined = it never is. */
export function quietAt({ quietAfter, ...standing }: Standing): number | undefined {
  return quietAfter > 0 ? quietSince(standing) + quietAfter * hour : undefined;
}

/** When something came last that shows that the provider knows the way. */
export function quietSince({
  since,
  heardAt,
  verifiedAt = 0,
}: Omit<Standing, 'quietAfter'>): number {
  return heardAt === undefined ? Math.max(since, verifiedAt) : Math.max(heardAt, verifiedAt);
}

export function isQuiet(standing: Standing, now: number): boolean {
  const at = quietAt(standing);
  return at !== undefined && now >= at;
}
