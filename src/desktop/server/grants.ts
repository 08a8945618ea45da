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
  isLost(pageId: string): boolean;
  /** It is on a screen. */
  settle(pageId: string): void;
}

const mostOpen = 5000;

export function createGrants(isThere: (connection: Connection) => boolean): Grants {
  const open = new Map<string, { readonly connection: Connection; readonly window?: string }>();

  function give(pageId: string, connection: Connection, window: string | undefined): void {
    open.delete(pageId);
    open.set(pageId, { connection, ...(window === undefined ? {} : { window }) });
    const [oldest] = open.keys();
    if (open.size > mostOpen && oldest !== undefined) open.delete(oldest);
  }

  return {
    give,
    again(pageId, connection, window) {
      const grant = open.get(pageId);
      if (!grant || window === undefined || grant.window !== window) return false;
      if (grant.connection === connection) return false;
      if (grant.connection.agent.username !== connection.agent.username) return false;
      give(pageId, connection, window);
      return true;
    },
    isLost(pageId) {
      const grant = open.get(pageId);
      return grant !== undefined && !isThere(grant.connection);
    },
    settle: (pageId) => void open.delete(pageId),
  };
}
