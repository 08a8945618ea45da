import type { ConversationChange } from '../../store/conversations.ts';
import type { ServerWord } from '../protocol.ts';
import type { Presence } from './presence.ts';

/** Tells agents that an interaction is theirs no more, and who did it. */
export interface Endings {
  tell(change: ConversationChange): void;
  /** What this work changes about the interaction is done by somebody of that name. */
  by<T>(name: string, interactionId: string, work: () => Promise<T>): Promise<T>;
}

type Reason = Extract<ServerWord, { type: 'interactionEnded' }>['reason'];

export function createEndings(presence: Presence): Endings {
  const doers = new Map<string, string>();

  function tell(username: string, id: string, reason: Reason, by: string | undefined): void {
    const word = { type: 'interactionEnded', id, reason } as const;
    presence.tell(username, { ...word, ...(by === undefined ? {} : { by }) });
  }

  return {
    tell({ interactionId, queueId, agent, before, closed }) {
      const had = before?.agent ?? (closed && agent?.username);
      if (had === undefined) return;
      if (closed) return tell(had, interactionId, 'closed', closed.agent?.name);
      if (had === agent?.username) return;
      const by = doers.get(interactionId);
      const passedOn = agent !== undefined || before?.queueId !== queueId || by !== undefined;
      tell(had, interactionId, passedOn ? 'transferred' : 'released', by);
    },

    async by(name, interactionId, work) {
      doers.set(interactionId, name);
      try {
        return await work();
      } finally {
        doers.delete(interactionId);
      }
    },
  };
}
