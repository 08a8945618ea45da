import type { InteractionView } from '../../interaction-view.ts';
import { momentText } from '../model/calendar.ts';
import { contactOf } from '../model/interactions.ts';
import type { DesktopState } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import { nameOr } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { Avatar } from './avatar.tsx';
import { memo } from './memo.ts';
import { useSeconds } from './use-seconds.ts';
import { useLocale, useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
}

/** The agent's interactions, the latest first. */
export function Inbox({ state, dispatch }: Props) {
  const words = useWords().inbox;
  const locale = useLocale();
  const { interactions } = state;
  const now = useSeconds(interactions.length > 0, 30_000) + state.clockOffset;
  return (
    <section class="inbox" aria-labelledby={elementId.inbox}>
      <h2 id={elementId.inbox} tabIndex={-1}>
        {words.title} {interactions.length > 0 && <span class="count">{interactions.length}</span>}
      </h2>
      {interactions.length === 0 && <p class="empty">{words.none}</p>}
      <ul>
        {interactions.map((interaction) => (
          <Entry
            key={interaction.id}
            interaction={interaction}
            contact={contactOf(state, interaction)}
            draft={state.drafts.get(interaction.id)}
            open={interaction.id === state.chosen}
            time={momentText(interaction.lastAt, now, locale)}
            dispatch={dispatch}
          />
        ))}
      </ul>
    </section>
  );
}

interface EntryProps {
  readonly interaction: InteractionView;
  readonly contact: string;
  readonly draft: string | undefined;
  readonly open: boolean;
  readonly time: string;
  readonly dispatch: Dispatch;
}

const Entry = memo(({ interaction, contact, draft, open, time, dispatch }: EntryProps) => {
  const words = useWords().inbox;
  const { id, unread, lastText } = interaction;
  return (
    <li>
      <button
        type="button"
        class={unread > 0 ? 'chat unread-chat' : 'chat'}
        aria-current={open ? 'true' : undefined}
        onClick={() => dispatch({ type: 'chosen', interactionId: id })}
      >
        <Avatar name={contact} />
        <span class="chat-text">
          <span class="chat-line">
            <bdi class="chat-name">{contact}</bdi>
            <time class="chat-time">{time}</time>
          </span>
          <span class="chat-line">
            <span class="chat-last" dir="auto">
              {draft && !open && <em>{words.draft}: </em>}
              {nameOr(draft && !open ? draft : lastText, '…')}
            </span>
            {unread > 0 && (
              <span class="badge">
                <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
                <span class="spoken">{words.unread(unread)}</span>
              </span>
            )}
          </span>
        </span>
      </button>
    </li>
  );
});
