import type { Turn } from '../../store/offers.ts';
import type { Strategy } from './desktop.ts';
import { nextInTurn } from './turn.ts';

/** Whose turn it is in some queues, while many offers are placed: what was just given counts already. */
export interface Rota {
  next(queueId: string, strategy: Exclude<Strategy, 'everyone'>, fresh: readonly string[]): string;
}

export function createRota(turns: readonly Turn[]): Rota {
  const byQueue = new Map<string, Map<string, Turn>>();
  let latest = 0;
  const turnsOf = (queueId: string): Map<string, Turn> => {
    const known = byQueue.get(queueId) ?? new Map<string, Turn>();
    byQueue.set(queueId, known);
    return known;
  };
  for (const turn of turns) {
    turnsOf(turn.queueId).set(turn.agent, turn);
    latest = Math.max(latest, turn.offeredAt ?? 0);
  }
  return {
    next(queueId, strategy, fresh) {
      const own = turnsOf(queueId);
      const agent = nextInTurn(strategy, fresh, [...own.values()]) ?? '';
      latest += 1;
      own.set(agent, { ...own.get(agent), queueId, agent, offeredAt: latest });
      return agent;
    },
  };
}
