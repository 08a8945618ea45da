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
/** Rows that are listed; the rest is counted. */
const mostInteractions = 200;
const mostWaiting = 100;

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
    const waiting = open
      .filter(({ agent }) => !agent)
      .toSorted((one, other) => one.openedAt - other.openedAt);
    const longest = waiting.slice(0, mostWaiting);
    return {
      agents: agents.map((agent) => agentLine(agent, counts.get(agent.username) ?? 0)),
      waiting: longest.map(waitingLine),
      waitingCount: waiting.length,
      interactions: withLatest(longest, open).map((one) =>
        interactionView(one, options.canSend(one.account.id)),
      ),
      openCount: open.length,
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

/** Whoever is listed as waiting can be read and assigned; the latest of the others fill the list. */
function withLatest(
  waiting: readonly OpenInteraction[],
  open: readonly OpenInteraction[],
): readonly OpenInteraction[] {
  const listed = new Set(waiting);
  const others = open.filter((one) => !listed.has(one));
  return [...waiting, ...others.slice(0, mostInteractions - waiting.length)];
}

function waitingLine({ id, contact, queue, openedAt }: OpenInteraction): BoardWaiting {
  return {
    interactionId: id,
    contact: contactLine(contact).contact,
    queue: queue?.name ?? '',
    since: openedAt,
  };
}
