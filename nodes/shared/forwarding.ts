import type { NodeAPI } from 'node-red';
import { createPassingOn, type PassingOn, type Sender } from '../../src/forward/pass-on.ts';
import type { ForwardQueue } from '../../src/forward/queue.ts';
import { defaultSchedule, type Schedule } from '../../src/forward/schedule.ts';
import { createTraffic, type Traffic } from '../../src/forward/traffic.ts';
import { houseOf } from './house.ts';
import { secondsOf } from './seconds-setting.ts';

/** A url-forward node that tries again. */
export interface LiveForward extends Sender {
  readonly id: string;
  readonly queue: ForwardQueue;
}

/** What the url-forward nodes of one runtime share. */
export interface Forwarding {
  readonly traffic: Traffic;
  readonly nodes: Map<string, LiveForward>;
  readonly passing: PassingOn;
}

const known = new WeakMap<object, Forwarding>();

export function forwardingOf(RED: NodeAPI): Forwarding {
  const found = known.get(RED.events);
  if (found) return found;
  const nodes = new Map<string, LiveForward>();
  const forwarding: Forwarding = {
    traffic: createTraffic(),
    nodes,
    passing: createPassingOn({
      sender: (id) => nodes.get(id),
      stores: () => [...houseOf(RED).inboxes].map(({ store }) => store),
      problem: (error) => RED.log.error(`[whatsapp-triggers] ${error.message}`),
    }),
  };
  known.set(RED.events, forwarding);
  return forwarding;
}

/** Lets nodes count their dead letters anew: a store has trimmed some of them. */
export function tellTrimmed(RED: NodeAPI, ids: readonly string[]): void {
  const { nodes } = forwardingOf(RED);
  // A store that fails says so itself.
  for (const id of ids)
    void nodes
      .get(id)
      ?.queue.recount()
      .catch(() => undefined);
}

/** `whatsappTriggers.forward.schedule`. */
export function scheduleOf(RED: NodeAPI): Schedule {
  return secondsOf(RED, {
    group: 'forward',
    name: 'schedule',
    most: 32,
    longest: 7 * 86_400,
    fallback: defaultSchedule,
  });
}
