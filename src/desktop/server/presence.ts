import type { Connection } from './connection.ts';

/** Who is there: an agent is present as long as one of their pages is connected. */
export interface Presence {
  add(connection: Connection): void;
  remove(connection: Connection): void;
  has(connection: Connection): boolean;
  all(): readonly Connection[];
  of(username: string): readonly Connection[];
  usernames(): readonly string[];
}

export function createPresence(): Presence {
  const connections = new Set<Connection>();
  return {
    add: (connection) => void connections.add(connection),
    remove: (connection) => void connections.delete(connection),
    has: (connection) => connections.has(connection),
    all: () => [...connections],
    of: (username) => [...connections].filter(({ agent }) => agent.username === username),
    usernames: () => [...new Set([...connections].map(({ agent }) => agent.username))],
  };
}
