import type { InteractionSource } from './interaction-desk.ts';
import type { AgentStates } from './agent-states.ts';
import type { DesktopQueue } from './desktop.ts';
import type { Presence } from './presence.ts';

export interface ReofferSource extends Pick<InteractionSource, 'interactionsOf'> {
  /** Takes what an agent has in these queues from them, and offers it again. */
  releaseInteractions(queueIds: readonly string[], agent: string): Promise<void>;
}

export interface ReoffersOptions {
  readonly source: ReofferSource;
  /** Milliseconds that an agent who is gone keeps their interactions; 0 = for ever. */
  readonly after: number;
  readonly queues: () => readonly DesktopQueue[];
  readonly states: AgentStates;
  readonly presence: Presence;
  readonly failed: (error: unknown) => void;
}

/** Gives the interactions of agents who do not come back to others. */
export interface Reoffers {
  /** Looks first soon after a start: whoever is gone may have been so for long. */
  begin(): void;
  /** Looks again no later than when an agent who is gone now would be gone for too long. */
  expect(): void;
  close(): void;
}

/** Milliseconds: queues and pages come back soon after a start. */
const start = 10_000;
/** So much beyond the time, several who left together are looked at together. */
const slack = 250;

export function createReoffers(options: ReoffersOptions): Reoffers {
  const { source, after, states, presence } = options;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function look(): void {
    timer = undefined;
    release().catch(options.failed);
  }

  function lookIn(ms: number): void {
    if (closed || after === 0) return;
    timer ??= setTimeout(look, Math.min(ms + slack, 2 ** 31 - 1));
  }

  /** Also of those who are no agents of this desktop any more. */
  async function release(): Promise<void> {
    const queueIds = options.queues().map(({ id }) => id);
    const open = await source.interactionsOf(queueIds, undefined);
    const holders = new Set(open.flatMap(({ agent }) => agent?.username ?? []));
    const absent = [...holders].filter((name) => !presence.isPresent(name));
    let next = Number.POSITIVE_INFINITY;
    for (const username of absent) {
      const left = after - (states.goneFor(username) ?? 0);
      if (left > 0) next = Math.min(next, left);
      else await source.releaseInteractions(queueIds, username);
    }
    if (next < Number.POSITIVE_INFINITY) lookIn(next);
  }

  return {
    begin: () => lookIn(Math.min(after, start)),
    expect: () => lookIn(after),
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
