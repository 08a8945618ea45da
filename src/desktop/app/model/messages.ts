import type { MessageView } from '../../interaction-view.ts';

/** Both lists as one, in order; where both have a message, that of the second counts. */
export function merge(
  one: readonly MessageView[],
  other: readonly MessageView[],
): readonly MessageView[] {
  const byId = new Map([...one, ...other].map((message) => [message.id, message]));
  return [...byId.values()].toSorted((a, b) => a.seq - b.seq);
}
