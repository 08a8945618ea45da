import type { Turn } from '../../store/offers.ts';
import type { Strategy } from './desktop.ts';

/**
 * Whose turn it is among those who could have an offer: with round robin whoever was offered something
 * the longest ago, with least recent whoever accepted something the longest ago. Those who never had
 * anything go first, in the order of the list.
 */
export function nextInTurn(
  strategy: Exclude<Strategy, 'everyone'>,
  candidates: readonly string[],
  turns: readonly Turn[],
): string | undefined {
  const byAgent = new Map(turns.map((turn) => [turn.agent, turn]));
  const accepted = (name: string): number => byAgent.get(name)?.acceptedAt ?? 0;
  const offered = (name: string): number => byAgent.get(name)?.offeredAt ?? 0;
  const [next] = candidates.toSorted((one, other) => {
    const recent = strategy === 'leastRecent' ? accepted(one) - accepted(other) : 0;
    return recent || offered(one) - offered(other);
  });
  return next;
}
