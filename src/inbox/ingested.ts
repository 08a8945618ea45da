import type { IngestFact, Kept } from '../store/contract.ts';

/** What of a request was new, for one account. */
export interface Ingested {
  readonly account: string;
  readonly events: number;
  readonly duplicates: number;
}

export function ingestedOf(
  facts: readonly IngestFact[],
  { events, duplicatesOf }: Kept,
): readonly Ingested[] {
  const accounts = new Set(facts.map(({ policy }) => policy.account.id));
  return [...accounts].map((account) => ({
    account,
    events: events.filter(({ event }) => event.account.id === account).length,
    duplicates: duplicatesOf.filter((name) => name === account).length,
  }));
}
