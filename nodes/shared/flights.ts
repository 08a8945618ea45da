import type { NodeAPI } from 'node-red';
import {
  type Flights,
  followFlights,
  type Landing,
  type MessageHooks,
} from '../../src/inbox/in-flight.ts';
import { isBound } from './input.ts';

const known = new WeakMap<object, Flights>();

/**
 * The one follower of a runtime's messages. Undefined where a runtime has no hooks (the test helper
 * hands none to nodes): an event then counts as finished when it has been sent.
 */
export function flightsOf(RED: NodeAPI): Flights | undefined {
  const hooks = RED.hooks as unknown as MessageHooks | undefined;
  if (!hooks) return undefined;
  const found = known.get(hooks);
  if (found) return found;
  const flights = followFlights(hooks, isBound);
  known.set(hooks, flights);
  RED.events.on('flows:stopping', () => flights.hold());
  RED.events.on('flows:started', () => flights.land());
  return flights;
}

/** Sends messages and follows them, and all that nodes send on their account, where that can be done. */
export async function fly(RED: NodeAPI, send: () => void, isDry = false): Promise<Landing> {
  const flights = flightsOf(RED);
  if (flights) return flights.fly(send, isDry);
  send();
  return 'finished';
}
