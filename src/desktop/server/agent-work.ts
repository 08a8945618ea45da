import type { ConversationChange } from '../../store/conversations.ts';
import type { AgentStatus, PageWord, ServerWord } from '../protocol.ts';
import type { AgentStates } from './agent-states.ts';
import { createBoard } from './board.ts';
import type { Connection } from './connection.ts';
import type { DesktopAgent, DesktopQueue } from './desktop.ts';
import { createInteractionDesk, type InteractionSource } from './interaction-desk.ts';
import { createGraces } from './graces.ts';
import { createMediaDesk, type MediaDesk, type MediaFiles } from './media-desk.ts';
import { createOfferDesk, type OfferSource, type Standing } from './offer-desk.ts';
import { createHistoryDesk, type HistorySource } from './history-desk.ts';
import { createPresence, type Presence } from './presence.ts';
import { createQueueNews, withQueueNames } from './queue-names.ts';
import { createReoffers, type ReofferSource } from './reoffers.ts';
import { createReplyDesk, type ReplyDeskOptions } from './reply-desk.ts';
import { createShownLog, type ShownLog } from './shown-log.ts';

/** Where the work of agents is kept: offers and interactions of every store in use. */
export interface WorkSource extends OfferSource, InteractionSource, HistorySource, ReofferSource {}

export interface AgentWorkOptions {
  readonly agents: readonly DesktopAgent[];
  readonly frames: readonly string[];
  /** The queues of this desktop as they are deployed at the moment. */
  readonly queues: () => readonly DesktopQueue[];
  readonly source: WorkSource;
  /** Outlive a redeploy, after which everybody is as they were. */
  readonly states: AgentStates;
  /** Of an agent who has logged in anew. */
  readonly startAs: AgentStatus;
  /** Minutes that an agent who is gone keeps their interactions; 0 = for ever. */
  readonly reofferAfter: number;
  /** Whether an account could send at all. */
  readonly canSend: (accountId: string) => boolean;
  readonly media: MediaFiles;
  readonly sendReply: ReplyDeskOptions['send'];
  readonly failed: (error: unknown) => void;
  readonly now: () => number;
}

type Welcome = Extract<ServerWord, { type: 'welcome' }>;
type WorkWord = Exclude<PageWord, { readonly type: 'claim' | 'receipt' | 'ping' }>;

/** All that agents do beside looking at pages: their status, offers, interactions and replies. */
export interface AgentWork {
  readonly presence: Presence;
  readonly shown: ShownLog;
  readonly mediaDesk: MediaDesk;
  /** What a page is told of its agent first. */
  introduction(connection: Connection): Pick<Welcome, Introduced>;
  greet(connection: Connection): Promise<void>;
  obey(connection: Connection, word: WorkWord): Promise<void>;
  offersChanged(): void;
  /** Every queue is there: one that is deployed anew was gone for a moment. */
  queuesDeployed(): void;
  interactionsChanged(changes: readonly ConversationChange[]): void;
  /** Whom an interaction is on offer to; undefined = it is not. */
  standingFor(interactionId: string): Promise<Standing | undefined>;
  /** Whether an agent is there and wants to be offered something. */
  isReady(username: string): boolean;
  close(): void;
}

type Introduced = 'agent' | 'status' | 'statusSince' | 'queues' | 'colleagues' | 'frames';

/** Milliseconds in which a page may be loaded anew without its agent losing their turn. */
const grace = 5_000;

export function createAgentWork(given: AgentWorkOptions): AgentWork {
  const options = {
    ...given,
    source: withQueueNames(given.source, given.queues),
    canServe: given.media.canFetch,
  };
  const { states, agents, failed, now } = options;
  const presence = createPresence({ came, left });
  const offers = createOfferDesk({ ...options, presence, isReady, isBack });
  const interactions = createInteractionDesk({ ...options, presence });
  const history = createHistoryDesk({ ...interactions, source: options.source });
  const replies = createReplyDesk({ ...interactions, presence, send: options.sendReply });
  const shown = createShownLog(() => board.changed());
  const board = createBoard({ ...options, presence, shown });
  const reoffers = createReoffers({
    ...options,
    presence,
    after: options.reofferAfter * 60_000,
  });
  const queueNews = createQueueNews({ ...options, presence, retell });
  // Without its agent a turn is over then.
  const graces = createGraces({ length: grace, over: offersChanged });
  let closed = false;

  function isReady(username: string): boolean {
    return presence.isPresent(username) && states.of(username).status === 'ready';
  }

  function isBack(username: string): boolean {
    return graces.has(username) && states.of(username).status === 'ready';
  }

  function came({ agent, sessionKey }: Connection): void {
    graces.end(agent.username);
    states.came(agent.username, sessionKey, options.startAs, now());
    board.changed();
  }

  function left(username: string): void {
    states.left(username, now());
    if (closed) return;
    graces.begin(username, 0);
    offersChanged();
    reoffers.expect();
    board.changed();
  }

  function offersChanged(): void {
    if (closed) return;
    offers.refresh().catch(failed);
    board.changed();
  }

  /** What is shown of interactions has the names of queues, and is of those that there are. */
  function retell(connection: Connection): void {
    interactions.welcome(connection).catch(failed);
    board.changed();
  }

  async function setStatus({ agent }: Connection, status: AgentStatus): Promise<void> {
    const { username } = agent;
    states.set(username, status, now());
    presence.tell(username, { type: 'status', status, since: states.of(username).since });
    board.changed();
    await offers.refresh();
  }

  // A redeploy takes every page away for a moment.
  for (const { username } of agents) {
    const gone = states.goneFor(username);
    if (gone !== undefined) graces.begin(username, gone);
  }
  reoffers.begin();

  return {
    presence,
    shown,
    mediaDesk: createMediaDesk({ ...options, ...interactions, files: options.media }),

    introduction(connection) {
      const { username, name, role } = connection.agent;
      const { status, since } = states.of(username);
      const others = agents.filter((other) => other.username !== username);
      return {
        agent: { username, name, role },
        status,
        statusSince: since,
        queues: queueNews.introduce(connection),
        colleagues: others.map((other) => ({ username: other.username, name: other.name })),
        frames: options.frames,
      };
    },

    async greet(connection) {
      await offers.refresh();
      await interactions.welcome(connection);
    },

    async obey(connection, word) {
      switch (word.type) {
        case 'accept':
          return offers.answer(connection, word.offerId, 'accepted');
        case 'reject':
          return offers.answer(connection, word.offerId, 'rejected');
        case 'open':
        case 'older':
          return interactions.open(connection, word);
        case 'history':
          return history.history(connection, word);
        case 'earlier':
          return history.earlier(connection, word);
        case 'read':
          return interactions.read(connection, word);
        case 'reply':
          return replies.reply(connection, word);
        case 'close':
          return interactions.close(connection, word);
        case 'transfer':
          return interactions.transfer(connection, word);
        case 'status':
          return setStatus(connection, word.status);
        case 'watch':
          return board.watch(connection, word.on);
      }
    },

    offersChanged,

    queuesDeployed: () => queueNews.tell(),

    interactionsChanged(changes) {
      interactions.changed(changes);
      board.changed();
      offers.renewed(written(changes)).catch(failed);
      const absent = changes.some(({ agent }) => agent && !presence.isPresent(agent.username));
      if (absent) reoffers.expect();
    },

    standingFor: (interactionId) => offers.standingFor(interactionId),
    isReady,

    close() {
      closed = true;
      graces.close();
      reoffers.close();
      board.close();
    },
  };
}

/** Interactions that nobody has, whose contact has written. */
function written(changes: readonly ConversationChange[]): ReadonlySet<string> {
  const news = changes.filter(({ agent, said }) => !agent && said?.message.verb === 'incoming');
  return new Set(news.map(({ interactionId }) => interactionId));
}
