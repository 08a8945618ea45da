import type { InteractionView } from '../../protocol.ts';
import { momentText } from '../model/calendar.ts';
import { contactOf } from '../model/interactions.ts';
import type { DesktopState } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import { nameOr } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { Avatar } from './avatar.tsx';
import { useLocale } from './use-locale.ts';
import { useSeconds } from './use-seconds.ts';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
}

/** The agent's interactions, the latest first. */
export function Inbox({ state, dispatch }: Props) {
  const words = useWords().inbox;
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
            now={now}
            onChoose={() => dispatch({ type: 'chosen', interactionId: interaction.id })}
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
  readonly now: number;
  readonly onChoose: () => void;
}

function Entry({ interaction, contact, draft, open, now, onChoose }: EntryProps) {
  const words = useWords().inbox;
  const locale = useLocale();
  const { unread, lastText, lastAt } = interaction;
  return (
    <li>
      <button
        type="button"
        class={unread > 0 ? 'chat unread-chat' : 'chat'}
        aria-current={open ? 'true' : undefined}
        onClick={onChoose}
      >
        <Avatar name={contact} />
        <span class="chat-text">
          <span class="chat-line">
            <bdi class="chat-name">{contact}</bdi>
            <time class="chat-time">{momentText(lastAt, now, locale)}</time>
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
}
