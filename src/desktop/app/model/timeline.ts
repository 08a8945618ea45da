import type { MessageView } from '../../interaction-view.ts';
import type { Conversation, Reply } from './desk-state.ts';

export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  /** What follows had not been read when the conversation was opened. */
  | { readonly kind: 'fresh'; readonly key: string }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: MessageView;
      /** The first of several that belong together: it names who wrote them. */
      readonly first: boolean;
      readonly last: boolean;
    }
  | { readonly kind: 'reply'; readonly key: string; readonly reply: Reply };

/** Messages of one writer within this time stand together. */
const together = 5 * 60_000;

/** A conversation as it is read: by days, with what is on its way at the end. */
export function timeline(
  { messages, freshFrom }: Pick<Conversation, 'messages' | 'freshFrom'>,
  replies: readonly Reply[],
): readonly TimelineItem[] {
  const items = messages.flatMap((message, index): TimelineItem[] => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    const newDay = !before || !sameDay(before.at, message.at);
    const fresh = message.seq === freshFrom;
    const first = newDay || fresh || !isTogether(before, message);
    const last = !after || !isTogether(message, after) || after.seq === freshFrom;
    return [
      ...(newDay ? [{ kind: 'day', key: `day-${message.id}`, at: message.at } as const] : []),
      ...(fresh ? [{ kind: 'fresh', key: 'fresh' } as const] : []),
      { kind: 'message', key: message.id, message, first, last },
    ];
  });
  const own = replies.map((reply) => ({ kind: 'reply', key: reply.id, reply }) as const);
  return [...items, ...own];
}

function isTogether(one: MessageView, other: MessageView): boolean {
  return (
    one.verb === other.verb &&
    one.by === other.by &&
    other.at - one.at < together &&
    sameDay(one.at, other.at)
  );
}

function sameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
