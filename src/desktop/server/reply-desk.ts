import { asTriggerError } from '../../errors.ts';
import type { Agent } from '../../event/event.ts';
import { windowCode } from '../../send/window.ts';
import type { OpenInteraction } from '../../store/conversations.ts';
import type { PageWord, ReplyRefusal } from '../protocol.ts';
import type { Connection } from './connection.ts';
import type { InteractionDesk } from './interaction-desk.ts';
import type { Presence } from './presence.ts';
import { isAnswerable } from './views.ts';

/** What an agent writes to the contact of an interaction. */
export interface Reply {
  /** The same for the same draft, however often it is sent. */
  readonly id: string;
  readonly interaction: OpenInteraction;
  readonly agent: Agent;
  readonly text: string;
}

export interface ReplyDeskOptions {
  readonly admitted: InteractionDesk['admitted'];
  readonly presence: Presence;
  /** Resolves when the provider has it; throws E_SEND, or E_CONFIG where nothing can be sent. */
  readonly send: (reply: Reply) => Promise<void>;
}

export interface ReplyDesk {
  reply(connection: Connection, word: Extract<PageWord, { type: 'reply' }>): Promise<void>;
}

/** Replies of one agent that are on their way at a time. */
const mostUnderWay = 20;

interface Verdict {
  readonly ok: boolean;
  readonly reason?: ReplyRefusal;
  readonly text?: string;
}

export function createReplyDesk(options: ReplyDeskOptions): ReplyDesk {
  const { admitted, presence, send } = options;
  const underWay = new Map<string, number>();

  async function attempt(connection: Connection, word: Extract<PageWord, { type: 'reply' }>) {
    const { username, name } = connection.agent;
    const interaction = await admitted(connection, word.interactionId);
    if (!interaction) return refused('gone');
    if (!isAnswerable(interaction)) return refused('cannotSend');
    const id = `${username}:${word.draftId}`;
    const reply = { id, interaction, agent: { username, name }, text: word.text };
    try {
      await send(reply);
      return { ok: true };
    } catch (error) {
      return verdictOf(error);
    }
  }

  return {
    async reply(connection, word) {
      const { username } = connection.agent;
      const count = underWay.get(username) ?? 0;
      if (count >= mostUnderWay) {
        return connection.send({ type: 'replied', draftId: word.draftId, ...refused('busy') });
      }
      underWay.set(username, count + 1);
      try {
        const verdict = await attempt(connection, word);
        // Sending may take longer than a connection lasts: whichever page is there then is told.
        presence.tell(username, { type: 'replied', draftId: word.draftId, ...verdict });
      } finally {
        const left = (underWay.get(username) ?? 1) - 1;
        if (left > 0) underWay.set(username, left);
        else underWay.delete(username);
      }
    },
  };
}

function refused(reason: ReplyRefusal): Verdict {
  return { ok: false, reason };
}

function verdictOf(error: unknown): Verdict {
  const { code, message, details } = asTriggerError(error, 'E_SEND');
  if (code === 'E_CONFIG') return refused('cannotSend');
  if (details['code'] === windowCode) return refused('window');
  return { ...refused('failed'), text: message };
}
