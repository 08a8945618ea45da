import type { OpenInteraction } from '../../store/conversations.ts';
import type { BoardAgent, BoardWaiting } from '../board-line.ts';
import type { BoardView } from '../protocol.ts';
import type { AgentStates } from './agent-states.ts';
import type { Connection } from './connection.ts';
import type { DesktopAgent, DesktopQueue } from './desktop.ts';
import type { InteractionSource } from './interaction-desk.ts';
import type { Presence } from './presence.ts';
import type { ShownLog } from './shown-log.ts';
import { contactLine, interactionView } from './views.ts';

export interface BoardOptions {
  readonly source: Pick<InteractionSource, 'interactionsOf'>;
  readonly queues: () => readonly DesktopQueue[];
  readonly agents: readonly DesktopAgent[];
  readonly presence: Presence;
  readonly states: AgentStates;
  readonly shown: Pick<ShownLog, 'list'>;
  readonly canSend: (accountId: string) => boolean;
  readonly failed: (error: unknown) => void;
  readonly now: () => number;
}

/** What supervisors watch; nothing is gathered while nobody does. */
export interface Board {
  watch(connection: Connection, on: boolean): Promise<void>;
  /** Something that it shows may have changed: who watches is told within a second. */
  changed(): void;
  close(): void;
}

/** Milliseconds between two boards, and in which what belongs together comes. */
const pace = 1_000;
const gathering = 50;
const mostInteractions = 200;

export function createBoard(options: BoardOptions): Board {
  const { source, presence, states, agents } = options;
  const watchers = new Set<Connection>();
  let timer: NodeJS.Timeout | undefined;
  let toldAt = 0;

  async function gather(): Promise<BoardView> {
    const open = await source.interactionsOf(
      options.queues().map(({ id }) => id),
      undefined,
    );
    const counts = new Map<string, number>();
    for (const { agent } of open) {
      if (agent) counts.set(agent.username, (counts.get(agent.username) ?? 0) + 1);
    }
    return {
      agents: agents.map((agent) => agentLine(agent, counts.get(agent.username) ?? 0)),
      waiting: open.filter(({ agent }) => !agent).map(waitingLine),
      interactions: open
        .slice(0, mostInteractions)
        .map((one) => interactionView(one, options.canSend(one.account.id))),
      shown: options.shown.list(),
    };
  }

  function agentLine({ username, name }: DesktopAgent, interactions: number): BoardAgent {
    const { status, since, goneSince } = states.of(username);
    const connected = presence.isPresent(username);
    return {
      username,
      name,
      connected,
      status,
      since: connected ? since : (goneSince ?? since),
      interactions,
    };
  }

  async function tell(connections: Iterable<Connection>): Promise<void> {
    const board = await gather();
    for (const connection of connections) connection.send({ type: 'board', board });
  }

  return {
    async watch(connection, on) {
      if (connection.agent.role !== 'supervisor') {
        return connection.send({ type: 'refused', what: 'watch', reason: 'notAllowed' });
      }
      if (!on) return void watchers.delete(connection);
      if (!watchers.has(connection)) {
        watchers.add(connection);
        connection.closed.then(
          () => watchers.delete(connection),
          () => undefined,
        );
      }
      await tell([connection]);
    },
    changed() {
      if (watchers.size === 0 || timer) return;
      const wait = Math.max(gathering, toldAt + pace - options.now());
      timer = setTimeout(
        () => {
          timer = undefined;
          toldAt = options.now();
          tell(watchers).catch(options.failed);
        },
        Math.min(wait, pace),
      );
    },
    close() {
      clearTimeout(timer);
      watchers.clear();
    },
  };
}

function waitingLine({ id, contact, queue, openedAt }: OpenInteraction): BoardWaiting {
  return {
    interactionId: id,
    contact: contactLine(contact).contact,
    queue: queue?.name ?? '',
    since: openedAt,
  };
}
