import type { Node, NodeAPI } from 'node-red';

type Listener = () => void;

const listeners = new WeakMap<object, Set<Listener>>();

/**
 * Calls back after every deploy, when all nodes are there: also after one that did not start `node` anew.
 * Ends with the node. All nodes share one listener, as the emitter warns of more than ten.
 */
export function onFlowsStarted(RED: NodeAPI, node: Node, listener: Listener): void {
  const all = listeners.get(RED.events) ?? listen(RED);
  all.add(listener);
  node.on('close', () => all.delete(listener));
}

function listen(RED: NodeAPI): Set<Listener> {
  const all = new Set<Listener>();
  listeners.set(RED.events, all);
  RED.events.on('flows:started', () => all.forEach((listener) => listener()));
  return all;
}
