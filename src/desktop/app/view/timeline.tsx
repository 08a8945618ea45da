import type { Conversation } from '../model/desk-state.ts';
import { dayText } from '../model/calendar.ts';
import type { DesktopState } from '../model/state.ts';
import type { TimelineItem } from '../model/timeline.ts';
import type { Dispatch } from '../store.ts';
import { Message } from './message.tsx';
import { PendingReply } from './pending-reply.tsx';
import { useLocale, useWords } from './use-words.ts';

interface Props {
  readonly items: readonly TimelineItem[];
  readonly contact: string;
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
}

/** Messages as they are read: by days, and by who wrote them. */
export function Timeline({ items, contact, state, dispatch }: Props) {
  const words = useWords().talk;
  const locale = useLocale();
  const local = (at: number) => at - state.clockOffset;
  const me = state.session.kind === 'in' ? state.session.agent.name : '';
  return items.map((item) => {
    switch (item.kind) {
      case 'day':
        return (
          <p class="log-day" key={item.key}>
            <span>{dayText(local(item.at), Date.now(), locale, words)}</span>
          </p>
        );
      case 'fresh':
        return (
          <p class="log-fresh" key={item.key}>
            <span>{words.fresh}</span>
          </p>
        );
      case 'message':
        return <Message {...item} contact={contact} me={me} at={local(item.message.at)} />;
      case 'reply':
        return <PendingReply key={item.key} reply={item.reply} dispatch={dispatch} />;
      default:
        return item satisfies never;
    }
  });
}

interface OlderProps {
  readonly conversation: Conversation;
  readonly onClick: () => void;
}

export function OlderButton({ conversation: { more, waiting }, onClick }: OlderProps) {
  const words = useWords().talk;
  if (!more && waiting !== 'older') return null;
  return (
    <button type="button" class="older" aria-disabled={waiting !== undefined} onClick={onClick}>
      {waiting ? words.loading : words.older}
    </button>
  );
}
