import type { Offer } from '../../store/offers.ts';
import type { OfferView } from '../protocol.ts';
import type { Connection } from './connection.ts';

/** An offer, and those whom it stands for now. */
export interface Placed {
  readonly offer: Offer;
  /** Usernames of those who see it. */
  readonly agents: readonly string[];
  readonly view: OfferView;
}

/** What each connection was told last: most changes are no news to most agents. */
const told = new WeakMap<Connection, string>();

export function tellOffers(connections: readonly Connection[], placed: readonly Placed[]): void {
  const byAgent = new Map<string, OfferView[]>();
  for (const { agents, view } of placed) {
    for (const agent of agents) {
      const own = byAgent.get(agent);
      if (own) own.push(view);
      else byAgent.set(agent, [view]);
    }
  }
  for (const connection of connections) {
    const offers = byAgent.get(connection.agent.username) ?? [];
    const state = offers.map(({ id, expiresAt }) => `${id} ${expiresAt}`).join();
    if (told.get(connection) === state) continue;
    told.set(connection, state);
    connection.send({ type: 'offers', offers });
  }
}
