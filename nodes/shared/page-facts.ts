import type { NodeAPI } from 'node-red';
import type { PageFact } from '../../src/desktop/server/page-facts.ts';
import { houseOf } from './house.ts';
import { recordPage } from './log/record-events.ts';

type Listener = (fact: PageFact) => void;

const listeners = new WeakMap<object, Map<string, Listener>>();

/** What became of a page with an agent: counted, in the trigger log, and for the node that ordered it. */
export function tellPageFact(RED: NodeAPI, fact: PageFact): void {
  const { log, meters } = houseOf(RED);
  const { triggerId: id, kind, outcome, agent, pageId, eventId, receiptId } = fact;
  const node = RED.nodes.getNode(id);
  const name = node?.name ?? '';
  const type = node?.type ?? '';
  meters.pageFacts.add(1, id, name, kind, outcome);
  const at = new Date(fact.at).toISOString();
  const from = { id, type, name };
  log.add({ kind: 'page', at, node: from, eventId, receiptId, pageId, agent, outcome });
  recordPage(RED, from, fact);
  listenersOf(RED).get(id)?.(fact);
}

/** Tells a node of the pages that it ordered, also before a redeploy; call the result to stop. */
export function onPageFact(RED: NodeAPI, nodeId: string, listener: Listener): () => void {
  const known = listenersOf(RED);
  known.set(nodeId, listener);
  return () => {
    if (known.get(nodeId) === listener) known.delete(nodeId);
  };
}

function listenersOf(RED: NodeAPI): Map<string, Listener> {
  const known = listeners.get(RED.events) ?? new Map<string, Listener>();
  listeners.set(RED.events, known);
  return known;
}
