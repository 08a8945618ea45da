import type { NodeAPI } from 'node-red';
import { houseOf } from './house.ts';

interface Gate {
  open: Promise<void>;
  unlock: () => void;
}

const gates = new WeakMap<object, Gate>();

/**
 * Resolves while the flow runs; between the stop and the start of a deploy it waits. An event that was
 * handed out in between would find no whatsapp-in node, and count as finished.
 */
export function flowRuns(RED: NodeAPI): Promise<void> {
  return gateOf(RED).open;
}

function gateOf(RED: NodeAPI): Gate {
  const known = gates.get(RED.events);
  if (known) return known;
  const gate: Gate = { open: Promise.resolve(), unlock: () => undefined };
  gates.set(RED.events, gate);
  RED.events.on('flows:stopping', () => {
    gate.unlock();
    const { promise, resolve } = Promise.withResolvers<void>();
    gate.open = promise;
    gate.unlock = resolve;
  });
  RED.events.on('flows:started', () => {
    gate.unlock();
    gate.open = Promise.resolve();
    // Whoever has not come back by now is gone.
    houseOf(RED).restarting.clear();
  });
  return gate;
}
