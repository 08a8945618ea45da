import type { Account } from '../event/event.ts';
import type { DeliveryFact, MessageFact } from '../provider/provider.ts';

/**
 * Where the interactions of dry runs take place: apart from the contact's own, as those of a group are,
 * and so that whatever comes of one, an answer or the end, is known to be of a dry run too.
 */
const dryRunGroup = 'simulator: dry run';

/** The group that a fact belongs to; undefined = the contact's private interaction. */
export function groupOf(fact: MessageFact | DeliveryFact): string | undefined {
  if (fact.dryRun) return dryRunGroup;
  return fact.kind === 'message' ? fact.message.group : undefined;
}

/** Only the simulator has dry runs, whatever a provider calls its groups. */
export function isDryRun(group: string | undefined, { provider }: Account): boolean {
  return group === dryRunGroup && provider === 'simulator';
}
