import type { IngestFact, StoredEvent } from '../store/contract.ts';

/** What of a request was new, for one account. */
export interface Ingested {
  readonly account: string;
  readonly events: number;
  readonly duplicates: number;
}

export function ingestedOf(
  facts: readonly IngestFact[],
  events: readonly StoredEvent[],
): readonly Ingested[] {
  const accounts = new Set(facts.map(({ policy }) => policy.account.id));
  return [...accounts].map((account) => {
    const sent = facts.filter(({ policy }) => policy.account.id === account).length;
    const fresh = events.filter(({ event }) => event.account.id === account).length;
    return { account, events: fresh, duplicates: sent - fresh };
  });
}
