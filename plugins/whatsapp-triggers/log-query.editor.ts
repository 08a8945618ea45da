import type { LogOutcome } from '../../src/trace/why.ts';

/** What the list shows: events, or what is kept for a person to look at. */
export type Show = 'all' | LogOutcome | 'letters' | 'quarantine';

export interface LogFilter {
  readonly show: Show;
  readonly search: string;
  /** A whatsapp-account's id; "" = every account. */
  readonly account: string;
  /** Only what went through this node. */
  readonly node: string | undefined;
}

/**
 * One field for all that one may look for: what has digits only is the end of a phone number, what
 * looks like an id is an interaction, all else is part of a text.
 */
export function searchOf(text: string): Readonly<Record<string, string>> {
  const wanted = text.trim();
  if (wanted === '') return {};
  if (/^\+?[\d\s().-]{3,}$/.test(wanted)) return { phone: wanted.replace(/\D/g, '') };
  if (/^[\da-f]{8}-[\da-f-]{4,}$/i.test(wanted)) return { interaction: wanted };
  return { text: wanted };
}

export function paramsOf(filter: LogFilter, limit: number, before?: string) {
  const { show, search, account, node } = filter;
  return {
    limit: String(limit),
    ...searchOf(search),
    ...(show === 'all' || show === 'letters' || show === 'quarantine' ? {} : { outcome: show }),
    ...(account === '' ? {} : { account }),
    ...(node === undefined ? {} : { node }),
    ...(before === undefined ? {} : { before }),
  };
}

/** A list that was read again in front of what was known before. */
export function merged<Item extends { readonly id: string }>(
  fresh: readonly Item[],
  known: readonly Item[],
): readonly Item[] {
  const ids = new Set(fresh.map(({ id }) => id));
  return [...fresh, ...known.filter(({ id }) => !ids.has(id))];
}
