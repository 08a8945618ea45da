import type { Agent, Media } from '../../event/event.ts';
import type {
  ConversationChange,
  ConversationStore,
  OpenInteraction,
} from '../../store/conversations.ts';
import type { Closing, Transfer } from '../../store/interaction-store.ts';
import type { InteractionView } from '../interaction-view.ts';
import type { PageWord, ServerWord } from '../protocol.ts';
import type { Connection } from './connection.ts';
import { createOpenedConversations } from './conversations.ts';
import type { DesktopAgent, DesktopQueue } from './desktop.ts';
import { createEndings } from './endings.ts';
import type { Presence } from './presence.ts';
import { conversationPage, interactionView, messageView, pageSize, type Place } from './views.ts';

/** Where interactions are kept. */
export interface InteractionSource extends Pick<
  ConversationStore,
  'interactionsOf' | 'openInteraction' | 'conversation' | 'markRead'
> {
  /** False = it was closed, or another's, already. */
  closeInteraction(closing: Closing): Promise<boolean>;
  transferInteraction(transfer: Transfer): Promise<boolean>;
}

export interface InteractionDeskOptions {
  readonly source: InteractionSource;
  readonly queues: () => readonly DesktopQueue[];
  readonly agents: readonly DesktopAgent[];
  readonly presence: Presence;
  /** Whether an account could send at all. */
  readonly canSend: (accountId: string) => boolean;
  /** Whether the file behind a medium of an account can be given out here. */
  readonly canServe: (accountId: string, media: Media) => boolean;
  readonly failed: (error: unknown) => void;
}

/** A page, or whoever stands behind a request. */
type Visitor = Pick<Connection, 'agent'>;
type About<Type extends PageWord['type']> = Extract<PageWord, { readonly type: Type }>;

/** Tells agents of the interactions that are theirs, and lets them act on these and no others. */
export interface InteractionDesk {
  welcome(connection: Connection): Promise<void>;
  /** What the store has told: who is concerned hears of it. */
  changed(changes: readonly ConversationChange[]): void;
  /** The interaction, where this agent may have to do with it. */
  admitted(visitor: Visitor, interactionId: string): Promise<OpenInteraction | undefined>;
  /** Where its messages are shown, and those of earlier ones of its contact. */
  viewsIn(interactionId: string, accountId: string): Place;
  open(connection: Connection, word: About<'open' | 'older'>): Promise<void>;
  read(connection: Connection, word: About<'read'>): Promise<void>;
  close(connection: Connection, word: About<'close'>): Promise<void>;
  transfer(connection: Connection, word: About<'transfer'>): Promise<void>;
}

export function createInteractionDesk(options: InteractionDeskOptions): InteractionDesk {
  const { source, presence, agents } = options;
  const opened = createOpenedConversations(presence);
  const endings = createEndings(presence);
  /** Those whose view is being read for their agent; true = something has changed meanwhile. */
  const reading = new Map<string, boolean>();

  const viewOf = (open: OpenInteraction): InteractionView =>
    interactionView(open, options.canSend(open.account.id));
  const queueIds = (): readonly string[] => options.queues().map(({ id }) => id);

  /** A username says nothing on another desktop, and a queue belongs to one. */
  function mayTouch({ agent }: Visitor, queueId: string, owner: Agent | undefined): boolean {
    if (!queueIds().includes(queueId)) return false;
    return owner?.username === agent.username || agent.role === 'supervisor';
  }

  async function admitted(visitor: Visitor, interactionId: string) {
    const open = await source.openInteraction(interactionId);
    return open?.queue && mayTouch(visitor, open.queue.id, open.agent) ? open : undefined;
  }

  function viewsIn(interactionId: string, accountId: string): Place {
    return { interactionId, serves: (media) => options.canServe(accountId, media) };
  }

  /** One that is gone and one that is another's look alike to who asks. */
  function refuse(
    connection: Connection,
    { type: what, interactionId }: About<'open' | 'older' | 'read' | 'close' | 'transfer'>,
    reason: Extract<ServerWord, { type: 'refused' }>['reason'] = 'gone',
  ): void {
    connection.send({ type: 'refused', what, interactionId, reason });
  }

  /** Messages may come faster than views are read: then the last view tells of them all. */
  async function tellView(id: string): Promise<void> {
    if (reading.has(id)) return void reading.set(id, true);
    do {
      reading.set(id, false);
      try {
        const open = await source.openInteraction(id);
        if (!open?.agent || !queueIds().includes(open.queue?.id ?? '')) continue;
        presence.tell(open.agent.username, { type: 'interaction', interaction: viewOf(open) });
      } catch (error) {
        reading.delete(id);
        throw error;
      }
    } while (reading.get(id));
    reading.delete(id);
  }

  function targetOf({ to }: About<'transfer'>): Transfer['to'] | undefined {
    if ('queue' in to) {
      const queue = options.queues().find(({ id }) => id === to.queue);
      return queue && { queue: { id: queue.id, name: queue.name } };
    }
    const agent = agents.find(({ username }) => username === to.agent);
    return agent && { agent: { username: agent.username, name: agent.name } };
  }

  return {
    admitted,
    viewsIn,

    async welcome(connection) {
      const own = await source.interactionsOf(queueIds(), connection.agent.username);
      connection.send({ type: 'interactions', interactions: own.map(viewOf) });
    },

    changed(changes) {
      for (const change of changes) {
        const { interactionId, queueId, said, agent, closed } = change;
        opened.keep(interactionId, (connection) => mayTouch(connection, queueId, agent));
        if (said) {
          const place = viewsIn(interactionId, said.account);
          opened.tell(interactionId, messageView(said.message, place));
        }
        endings.tell(change);
        if (!closed && agent && presence.isPresent(agent.username)) {
          tellView(interactionId).catch(options.failed);
        }
      }
    },

    async open(connection, word) {
      const { interactionId } = word;
      const before = word.type === 'older' ? word.before : undefined;
      const admission = await admitted(connection, interactionId);
      if (!admission) return refuse(connection, word);
      const answered = before === undefined ? opened.open(connection, interactionId) : undefined;
      const messages = await source.conversation(interactionId, before, pageSize + 1);
      connection.send({
        type: 'conversation',
        interactionId,
        ...conversationPage(messages, before, viewsIn(interactionId, admission.account.id)),
      });
      answered?.();
    },

    async read(connection, word) {
      const open = await admitted(connection, word.interactionId);
      if (!open) return refuse(connection, word);
      // Whoever reads along has not read it in the agent's place.
      if (open.agent?.username !== connection.agent.username) return;
      await source.markRead(open.id, word.seq);
      await tellView(open.id);
    },

    async close(connection, word) {
      const open = await admitted(connection, word.interactionId);
      if (!open) return refuse(connection, word);
      const { username, name } = connection.agent;
      const closing = { interactionId: open.id, reason: word.reason, agent: { username, name } };
      if (!(await source.closeInteraction(closing))) refuse(connection, word);
    },

    async transfer(connection, word) {
      const open = await admitted(connection, word.interactionId);
      if (!open) return refuse(connection, word);
      const to = targetOf(word);
      if (!to) return refuse(connection, word, 'noSuchTarget');
      const from = open.agent?.username;
      const given = { interactionId: open.id, to, ...(from === undefined ? {} : { from }) };
      const done = await endings.by(connection.agent.name, open.id, () =>
        source.transferInteraction(given),
      );
      if (!done) refuse(connection, word);
    },
  };
}
