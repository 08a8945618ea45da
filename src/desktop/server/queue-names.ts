import type { OpenInteraction } from '../../store/conversations.ts';
import type { DesktopQueue } from './desktop.ts';
import type { InteractionSource } from './interaction-desk.ts';
import type { QueueView } from '../protocol.ts';
import type { Connection } from './connection.ts';
import type { Presence } from './presence.ts';

/** An interaction keeps the name that its queue had then; agents see the one that it has now. */
export function withQueueNames<
  Source extends Pick<InteractionSource, 'interactionsOf' | 'openInteraction'>,
>(source: Source, queues: () => readonly DesktopQueue[]): Source {
  const named = (open: OpenInteraction): OpenInteraction => {
    const queue = queues().find(({ id }) => id === open.queue?.id);
    return queue ? { ...open, queue: { id: queue.id, name: queue.name } } : open;
  };
  return {
    ...source,
    interactionsOf: async (ids: readonly string[], agent: string | undefined) =>
      (await source.interactionsOf(ids, agent)).map(named),
    async openInteraction(id: string) {
      const open = await source.openInteraction(id);
      return open && named(open);
    },
  };
}

export interface QueueNewsOptions {
  readonly queues: () => readonly DesktopQueue[];
  readonly presence: Presence;
  /** Tells a page what else looks different now. */
  readonly retell: (connection: Connection) => void;
}

/** Tells pages which queues there are. */
export interface QueueNews {
  /** What a page begins with. */
  introduce(connection: Connection): readonly QueueView[];
  /** Tells every page that was told otherwise. */
  tell(): void;
}

export function createQueueNews({ queues, presence, retell }: QueueNewsOptions): QueueNews {
  const told = new WeakMap<Connection, string>();
  return {
    introduce(connection) {
      const views = queueViews(queues());
      told.set(connection, JSON.stringify(views));
      return views;
    },
    tell() {
      const views = queueViews(queues());
      const text = JSON.stringify(views);
      for (const connection of presence.all()) {
        if (told.get(connection) === text) continue;
        told.set(connection, text);
        connection.send({ type: 'queues', queues: views });
        retell(connection);
      }
    },
  };
}

function queueViews(queues: readonly DesktopQueue[]): readonly QueueView[] {
  return queues.map(({ id, name }) => ({ id, name }));
}
