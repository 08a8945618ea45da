import type { ConversationStore, EarlierInteraction } from '../../store/conversations.ts';
import type { EarlierView } from '../interaction-view.ts';
import type { PageWord } from '../protocol.ts';
import type { Connection } from './connection.ts';
import type { InteractionDesk } from './interaction-desk.ts';
import { conversationPage, latestOf, pageSize } from './views.ts';

export type HistorySource = Pick<
  ConversationStore,
  'earlierInteractions' | 'earlierConversation' | 'saidIn'
>;

export interface HistoryDeskOptions extends Pick<InteractionDesk, 'admitted' | 'viewsIn'> {
  readonly source: HistorySource;
}

type About<Type extends PageWord['type']> = Extract<PageWord, { readonly type: Type }>;

/**
 * What a contact had before, to read for whoever has to do with the interaction that they have now: that
 * one opens the door, and to nothing but the same contact's on the same account.
 */
export interface HistoryDesk {
  history(connection: Connection, word: About<'history'>): Promise<void>;
  earlier(connection: Connection, word: About<'earlier'>): Promise<void>;
}

const mostEarlier = 20;

export function createHistoryDesk({ source, admitted, viewsIn }: HistoryDeskOptions): HistoryDesk {
  function refuse(connection: Connection, word: About<'history' | 'earlier'>): void {
    const { type: what, interactionId } = word;
    connection.send({ type: 'refused', what, interactionId, reason: 'gone' });
  }

  return {
    async history(connection, word) {
      const { interactionId } = word;
      if (!(await admitted(connection, interactionId))) return refuse(connection, word);
      const earlier = await source.earlierInteractions(interactionId, mostEarlier);
      connection.send({ type: 'history', interactionId, earlier: earlier.map(earlierView) });
    },

    async earlier(connection, word) {
      const { interactionId, earlierId, before } = word;
      const open = await admitted(connection, interactionId);
      const messages =
        open && (await source.earlierConversation(interactionId, earlierId, before, pageSize + 1));
      if (!messages) return refuse(connection, word);
      connection.send({
        type: 'earlier',
        interactionId,
        earlierId,
        ...conversationPage(messages, before, viewsIn(interactionId, open.account.id)),
      });
    },
  };
}

function earlierView({ last, ...rest }: EarlierInteraction): EarlierView {
  return { ...rest, ...latestOf(last) };
}
