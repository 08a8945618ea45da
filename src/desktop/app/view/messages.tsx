import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { InteractionView } from '../../interaction-view.ts';
import type { DesktopState } from '../model/state.ts';
import { timeline } from '../model/timeline.ts';
import type { Dispatch } from '../store.ts';
import { Earlier } from './earlier.tsx';
import { Icon } from './icons.tsx';
import { OlderButton, Timeline } from './timeline.tsx';
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
  const { log, away, toEnd, unroll } = useScroll(messages[0]?.id, items.at(-1)?.key);
  return (
    <div class="messages">
      <div
        class="log"
        role="log"
        aria-label={words.log(contact)}
        tabIndex={0}
        ref={log}
        onClick={unroll}
      >
        {conversation && !conversation.more && !conversation.waiting && (
          <Earlier
            state={state}
            interactionId={interaction.id}
            contact={contact}
            dispatch={dispatch}
          />
        )}
        {conversation && (
          <OlderButton
            conversation={conversation}
            onClick={() => dispatch({ type: 'olderWanted', interactionId: interaction.id })}
          />
        )}
        {conversation?.waiting === 'open' && messages.length === 0 && (
          <p class="log-note">{words.loading}</p>
        )}
        {conversation?.gone && <p class="log-note">{words.gone}</p>}
        <Timeline items={items} contact={contact} state={state} dispatch={dispatch} />
      </div>
      {away && (
        <button type="button" class="latest" aria-label={words.latest} onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
    </div>
  );
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

  // An earlier conversation that opens above is read from where it begins.
  const unroll = ({ target }: MouseEvent): void => {
    if (target instanceof Element && target.closest('.earlier')) atEnd.current = false;
  };

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
  return { log, away, toEnd, unroll };
}
