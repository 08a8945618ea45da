import type { MessageView } from '../interaction-view.ts';
import type { ServerWord } from '../protocol.ts';
import type { Connection } from './connection.ts';
import type { Presence } from './presence.ts';

/** Which pages look at which conversations. */
export interface OpenedConversations {
  /** From now on the page is told what happens there; nothing goes out before the answer is called. */
  open(connection: Connection, interactionId: string): () => void;
  tell(interactionId: string, message: MessageView): void;
  /** Whoever may not look at it any more is told nothing more. */
  keep(interactionId: string, mayLook: (connection: Connection) => boolean): void;
}

const mostOpened = 20;

type Waiting = ServerWord[] | undefined;

export function createOpenedConversations(presence: Presence): OpenedConversations {
  const byId = new Map<string, Map<Connection, Waiting>>();
  const byPage = new WeakMap<Connection, Set<string>>();

  function forget(connection: Connection, interactionId: string): void {
    byPage.get(connection)?.delete(interactionId);
    const pages = byId.get(interactionId);
    pages?.delete(connection);
    if (pages?.size === 0) byId.delete(interactionId);
  }

  function idsOf(connection: Connection): Set<string> {
    const known = byPage.get(connection);
    if (known) return known;
    const ids = new Set<string>();
    byPage.set(connection, ids);
    connection.closed.then(
      () => ids.forEach((id) => forget(connection, id)),
      () => undefined,
    );
    return ids;
  }

  return {
    open(connection, interactionId) {
      if (!presence.has(connection)) return () => undefined;
      const ids = idsOf(connection);
      ids.delete(interactionId);
      ids.add(interactionId);
      const [oldest] = ids;
      if (ids.size > mostOpened && oldest !== undefined) forget(connection, oldest);
      const pages = byId.get(interactionId) ?? new Map<Connection, Waiting>();
      byId.set(interactionId, pages);
      const waiting: ServerWord[] = [];
      pages.set(connection, waiting);
      return () => {
        if (pages.get(connection) !== waiting) return;
        pages.set(connection, undefined);
        waiting.forEach((word) => connection.send(word));
      };
    },

    keep(interactionId, mayLook) {
      for (const connection of byId.get(interactionId)?.keys() ?? []) {
        if (!mayLook(connection)) forget(connection, interactionId);
      }
    },

    tell(interactionId, message) {
      for (const [connection, waiting] of byId.get(interactionId) ?? []) {
        const word = { type: 'message', interactionId, message } as const;
        if (waiting) waiting.push(word);
        else connection.send(word);
      }
    },
  };
}
