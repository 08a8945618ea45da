import { TriggerError } from '../../errors.ts';
import type { WhatsAppEvent } from '../../event/event.ts';
import type { DesktopQueue, PageOrder } from './desktop.ts';
import type { Standing } from './offer-desk.ts';

/** What is known at the moment of an order; usernames throughout. */
export interface Surroundings {
  readonly desktopId: string;
  readonly agents: readonly string[];
  readonly connected: ReadonlySet<string>;
  /** The queue that the event's account offers its interactions to. */
  readonly queue?: DesktopQueue;
  /** Of those, who are not on pause. */
  readonly ready: ReadonlySet<string>;
  /** The offer of the event's interaction; undefined = none stands. */
  readonly standing?: Standing;
}

export interface Aim {
  /** Whom the page is kept for; empty = nobody could ever see it. */
  readonly agents: readonly string[];
  /** Why it is nobody, or who was named in vain. */
  readonly reason?: string;
}

type Asked = Pick<PageOrder, 'target' | 'agents' | 'event'>;

/**
 * Whom a page is for. Work, which is what the targets "event" and "queue" mean, is for those who are ready;
 * when nobody is, or another group is meant, for those who are connected; when nobody is, for all of the
 * group, so that whoever comes first within the page's time still sees it. Throws E_NO_AGENT when every
 * name is unknown.
 */
export function aimAt(order: Asked, around: Surroundings): Aim {
  const { target, event } = order;
  if (target === 'agents') return named(order.agents, around);
  if (target === 'all') return group(around.agents, around);
  if (event) return ofEvent(target, event, around);
  // Nothing in the message names anybody, as with an account that has no queue: it is for everyone.
  if (target === 'event') return atWork(around.agents, around);
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
    if (target === 'queue') return none('The account has no queue.');
    return target === 'event' ? atWork(around.agents, around) : group(around.agents, around);
  }
  if (queue.desktopId !== around.desktopId) {
    return none(`The queue ${list([queue.name])} belongs to another agent desktop.`);
  }
  if (target === 'account') return group(around.agents, around);
  const members = membersOf(queue, around.agents);
  return target === 'event' ? ofOffer(members, around) : atWork(members, around);
}

/** Those who see the offer; while nobody does, those who may yet. */
function ofOffer(members: readonly string[], around: Surroundings): Aim {
  const { agents = [], rejectedBy = [] } = around.standing ?? {};
  if (agents.length > 0) return { agents };
  const others = members.filter((name) => !rejectedBy.includes(name));
  return atWork(others.length > 0 ? others : members, around);
}

/** The agents of a queue who exist on its desktop. */
export function membersOf(
  queue: Pick<DesktopQueue, 'agents'>,
  agents: readonly string[],
): readonly string[] {
  return queue.agents.length === 0 ? agents : agents.filter((name) => queue.agents.includes(name));
}

function atWork(members: readonly string[], around: Surroundings): Aim {
  const ready = members.filter((name) => around.ready.has(name));
  return ready.length > 0 ? { agents: ready } : group(members, around);
}

function group(members: readonly string[], around: Surroundings): Aim {
  if (members.length === 0) return none('There is no agent whom it could be for.');
  const present = members.filter((name) => around.connected.has(name));
  return { agents: present.length > 0 ? present : members };
}

function none(reason: string): Aim {
  return { agents: [], reason };
}

function list(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
