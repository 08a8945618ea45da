import { hash } from 'node:crypto';

/** By it a script, a target or a provider can tell that it has seen this event before: one per event and node. */
export function eventKey(eventId: string, nodeId: string): string {
  return hash('sha256', `${eventId}\n${nodeId}`);
}
