import { TriggerError } from '../../errors.ts';
import type { WhatsAppEvent } from '../../event/event.ts';
import type { DesktopQueue, PageOrder } from './desktop.ts';

/** What is known at the moment of an order; usernames throughout. */
export interface Surroundings {
  readonly desktopId: string;
  readonly agents: readonly string[];
  readonly connected: ReadonlySet<string>;
  /** The queue that the event's account offers its interactions to. */
  readonly queue?: DesktopQueue;
  /** Who rejected the offer of the event's interaction; undefined = no offer stands. */
  readonly rejectedBy?: readonly string[];
}

export interface Aim {
  /** Whom the page is kept for; empty = nobody could ever see it. */
  readonly agents: readonly string[];
  /** Why it is nobody, or who was named in vain. */
  readonly reason?: string;
}

const noAgents = 'The agent desktop has no agents.';

type Asked = Pick<PageOrder, 'target' | 'agents' | 'event'>;

/**
 * Whom a page is for. A group means those of it who are connected; when nobody is, all of it, so that
 * whoever comes first within the page's time still sees it. Throws E_NO_AGENT when every name is unknown.
 */
export function aimAt(order: Asked, around: Surroundings): Aim {
  const { target, event } = order;
  if (target === 'agents') return named(order.agents, around);
  if (target === 'all') return group(around.agents, around, noAgents);
  if (event) return ofEvent(target, event, around);
  // Nothing in the message names anybody, as with an account that has no queue: it is for everyone.
  if (target === 'event') return group(around.agents, around, noAgents);
  return none(`The message carries no event that the target "${target}" could be read from.`);
}

function named(names: readonly string[], around: Surroundings): Aim {
  const known = names.filter((name) => around.agents.includes(name));
  const unknown = names.filter((name) => !around.agents.includes(name));
  if (known.length === 0) {
    throw new TriggerError(
      'E_NO_AGENT',
      names.length === 0
        ? 'No agent is named.'
        : `The agent desktop has no agent ${list(unknown)}.`,
    );
  }
  return {
    agents: [...new Set(known)],
    ...(unknown.length > 0 ? { reason: `Unknown here: ${list(unknown)}.` } : {}),
  };
}

function ofEvent(
  target: 'event' | 'queue' | 'account',
  event: WhatsAppEvent,
  around: Surroundings,
): Aim {
  const { queue } = around;
  const agent = target === 'event' ? event.agent?.username : undefined;
  if (agent !== undefined) {
    return around.agents.includes(agent)
      ? { agents: [agent] }
      : none(`The interaction's agent ${list([agent])} is not one of this agent desktop.`);
  }
  if (!queue) {
    return target === 'queue'
      ? none('The account has no queue.')
      : group(around.agents, around, noAgents);
  }
  if (queue.desktopId !== around.desktopId) {
    return none(`The queue ${list([queue.name])} belongs to another agent desktop.`);
  }
  if (target === 'account') {
    return group(around.agents, around, noAgents);
  }
  const members = membersOf(queue, around.agents);
  const offeredTo =
    target === 'event' ? members.filter((name) => !around.rejectedBy?.includes(name)) : members;
  const empty = `The queue ${list([queue.name])} has no agent left for this interaction.`;
  return group(offeredTo, around, empty);
}

/** The agents of a queue who exist on its desktop. */
export function membersOf(
  queue: Pick<DesktopQueue, 'agents'>,
  agents: readonly string[],
): readonly string[] {
  return queue.agents.length === 0 ? agents : agents.filter((name) => queue.agents.includes(name));
}

function group(members: readonly string[], around: Surroundings, ifEmpty: string): Aim {
  if (members.length === 0) return none(ifEmpty);
  const present = members.filter((name) => around.connected.has(name));
  return { agents: present.length > 0 ? present : members };
}

function none(reason: string): Aim {
  return { agents: [], reason };
}

function list(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
