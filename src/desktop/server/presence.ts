import type { ServerWord } from '../protocol.ts';
import type { Connection } from './connection.ts';

/** Who is there: an agent is present as long as one of their pages is connected. */
export interface Presence {
  add(connection: Connection): void;
  remove(connection: Connection): void;
  has(connection: Connection): boolean;
  all(): readonly Connection[];
  of(username: string): readonly Connection[];
  isPresent(username: string): boolean;
  usernames(): readonly string[];
  /** Says it to every page of an agent. */
  tell(username: string, word: ServerWord): void;
}

export interface PresenceNews {
  /** A page of an agent is there. */
  readonly came: (connection: Connection) => void;
  /** Their last one is gone. */
  readonly left: (username: string) => void;
}

export function createPresence(news?: PresenceNews): Presence {
  const byAgent = new Map<string, Set<Connection>>();
  const of = (username: string): readonly Connection[] => [...(byAgent.get(username) ?? [])];

  return {
    add(connection) {
      const { username } = connection.agent;
      const own = byAgent.get(username);
      if (own) own.add(connection);
      else byAgent.set(username, new Set([connection]));
      news?.came(connection);
    },
    remove(connection) {
      const { username } = connection.agent;
      const own = byAgent.get(username);
      if (!own?.delete(connection) || own.size > 0) return;
      byAgent.delete(username);
      news?.left(username);
    },
    has: (connection) => byAgent.get(connection.agent.username)?.has(connection) ?? false,
    all: () => [...byAgent.values()].flatMap((own) => [...own]),
    of,
    isPresent: (username) => byAgent.has(username),
    usernames: () => [...byAgent.keys()],
    tell(username, word) {
      for (const connection of of(username)) connection.send(word);
    },
  };
}
