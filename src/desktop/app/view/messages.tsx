import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { InteractionView } from '../../protocol.ts';
import { dayText } from '../model/calendar.ts';
import type { DesktopState } from '../model/state.ts';
import { timeline, type TimelineItem } from '../model/timeline.ts';
import type { Dispatch } from '../store.ts';
import { Icon } from './icons.tsx';
import { Message } from './message.tsx';
import { PendingReply } from './pending-reply.tsx';
import { useLocale } from './use-locale.ts';
import { useWords } from './use-words.ts';

/** Pixels from the end within which an agent counts as being there. */
const near = 48;

interface Props {
  readonly state: DesktopState;
  readonly interaction: InteractionView;
  readonly contact: string;
  readonly dispatch: Dispatch;
}

export function Messages({ state, interaction, contact, dispatch }: Props) {
  const words = useWords().talk;
  const conversation = state.conversations.get(interaction.id);
  const messages = conversation?.messages ?? [];
  const own = [...state.replies.values()].filter((one) => one.interactionId === interaction.id);
  const items = timeline({ ...conversation, messages }, own);
  const { log, away, toEnd } = useScroll(messages[0]?.id, items.at(-1)?.key);
  return (
    <div class="messages">
      <div class="log" role="log" aria-label={words.log(contact)} tabIndex={0} ref={log}>
        {conversation?.more && (
          <button
            type="button"
            class="older"
            aria-disabled={conversation.waiting !== undefined}
            onClick={() => dispatch({ type: 'olderWanted', interactionId: interaction.id })}
          >
            {conversation.waiting === 'older' ? words.loading : words.older}
          </button>
        )}
        {conversation?.waiting === 'open' && messages.length === 0 && (
          <p class="log-note">{words.loading}</p>
        )}
        {conversation?.gone && <p class="log-note">{words.gone}</p>}
        {items.map((item) => (
          <Item key={item.key} item={item} contact={contact} state={state} dispatch={dispatch} />
        ))}
      </div>
      {away && (
        <button type="button" class="latest" aria-label={words.latest} onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}

interface ItemProps extends Pick<Props, 'state' | 'contact' | 'dispatch'> {
  readonly item: TimelineItem;
}

function Item({ item, contact, state, dispatch }: ItemProps) {
  const words = useWords().talk;
  const locale = useLocale();
  const local = (at: number) => at - state.clockOffset;
  switch (item.kind) {
    case 'day':
      return (
        <p class="log-day">
          <span>{dayText(local(item.at), Date.now(), locale, words)}</span>
        </p>
      );
    case 'fresh':
      return (
        <p class="log-fresh">
          <span>{words.fresh}</span>
        </p>
      );
    case 'message':
      return (
        <Message
          {...item}
          contact={contact}
          me={state.session.kind === 'in' ? state.session.agent.name : ''}
          at={local(item.message.at)}
        />
      );
    case 'reply':
      return <PendingReply reply={item.reply} dispatch={dispatch} />;
    default:
      return item satisfies never;
  }
}

/**
 * Keeps the end in sight for whoever is there, and leaves those alone who read further up, also when
 * earlier messages come in above them.
 */
function useScroll(firstKey: string | undefined, lastKey: string | undefined) {
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);
  const first = useRef(firstKey);
  const [away, setAway] = useState(false);
  const toEnd = () => log.current?.scrollTo({ top: log.current.scrollHeight });

  useLayoutEffect(() => {
    const element = log.current;
    if (!element) return;
    const grown = element.scrollHeight - height.current;
    if (atEnd.current) element.scrollTop = element.scrollHeight;
    else if (first.current !== firstKey) element.scrollTop += grown;
    first.current = firstKey;
    height.current = element.scrollHeight;
  }, [firstKey, lastKey]);

  useEffect(() => {
    const element = log.current;
    if (!element) return undefined;
    element.onscroll = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < near;
      height.current = element.scrollHeight;
      setAway(!atEnd.current);
    };
    // A growing reply box makes the log smaller.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { log, away, toEnd };
}
