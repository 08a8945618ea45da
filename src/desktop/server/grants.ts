import type { Connection } from './connection.ts';

/**
 * Pages that were granted to a window which has not said that it shows them. The answer may have been
 * lost with the connection: the same window gets it again, and no other one does.
 */
export interface Grants {
  give(pageId: string, connection: Connection, window: string | undefined): void;
  /** Whether the page was granted to this window over a connection before. */
  again(pageId: string, connection: Connection, window: string | undefined): boolean;
  /** Whether nobody may have seen it, since its window is not there any more. */
  isLost(pageId: string, agent: string): boolean;
  /** It is on a screen. */
  settle(pageId: string, agent: string): void;
}

const mostOpen = 5000;

export function createGrants(isThere: (connection: Connection) => boolean): Grants {
  const open = new Map<string, { readonly connection: Connection; readonly window?: string }>();

  function give(pageId: string, connection: Connection, window: string | undefined): void {
    const key = keyOf(pageId, connection.agent.username);
    open.delete(key);
    open.set(key, { connection, ...(window === undefined ? {} : { window }) });
    const [oldest] = open.keys();
    if (open.size > mostOpen && oldest !== undefined) open.delete(oldest);
  }

  return {
    give,
    again(pageId, connection, window) {
      const grant = open.get(keyOf(pageId, connection.agent.username));
      if (!grant || window === undefined || grant.window !== window) return false;
      if (grant.connection === connection) return false;
      give(pageId, connection, window);
      return true;
    },
    isLost(pageId, agent) {
      const grant = open.get(keyOf(pageId, agent));
      return grant !== undefined && !isThere(grant.connection);
    },
    settle: (pageId, agent) => void open.delete(keyOf(pageId, agent)),
  };
}

function keyOf(pageId: string, agent: string): string {
  return `${pageId} ${agent}`;
}
