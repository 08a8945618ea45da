import type { InteractionView } from '../../interaction-view.ts';
import { longestReply } from '../../protocol.ts';
import { newDraftId } from '../draft-id.ts';
import { spanText } from '../model/calendar.ts';
import type { DesktopState } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import type { Dispatch } from '../store.ts';
import { Icon } from './icons.tsx';
import { useSeconds } from './use-seconds.ts';
import { useWords } from './use-words.ts';

/** Characters before the end from which on they are counted. */
const counted = 300;
const hour = 3_600_000;

interface Props {
  readonly state: DesktopState;
  readonly interaction: InteractionView;
  readonly dispatch: Dispatch;
}

export function ReplyBox({ state, interaction, dispatch }: Props) {
  const words = useWords().reply;
  const text = state.drafts.get(interaction.id) ?? '';
  const left = longestReply - text.length;
  if (!interaction.canReply) return <p class="read-along">{words.cannot}</p>;
  const ready = text.trim() !== '' && left >= 0 && state.connection === 'online';

  function send(): void {
    if (!ready) return;
    const { id } = interaction;
    dispatch({ type: 'sent', interactionId: id, draftId: newDraftId(), at: Date.now() });
    document.getElementById(elementId.reply)?.focus();
  }

  return (
    <form
      class="reply"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="reply-field">
        <textarea
          id={elementId.reply}
          aria-label={words.name}
          placeholder={words.placeholder}
          rows={1}
          dir="auto"
          value={text}
          aria-keyshortcuts="Alt+R"
          onInput={({ currentTarget }) =>
            dispatch({ type: 'typed', interactionId: interaction.id, text: currentTarget.value })
          }
          onKeyDown={(event) => {
            if (!isSend(event)) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="primary" aria-disabled={!ready}>
          {words.send}
        </button>
      </div>
      <div class="reply-foot">
        <SendWindow until={interaction.windowUntil} offset={state.clockOffset} />
        <span class={left < 0 ? 'reply-left late' : 'reply-left'} role="status">
          {left < 0 ? words.tooLong(-left) : left <= counted ? words.left(left) : ''}
        </span>
      </div>
    </form>
  );
}

/** While characters are composed (as in Japanese), Enter chooses among them. */
function isSend({ key, shiftKey, isComposing, ctrlKey, altKey }: KeyboardEvent): boolean {
  return key === 'Enter' && !shiftKey && !isComposing && !ctrlKey && !altKey;
}

interface WindowProps {
  readonly until: number | undefined;
  readonly offset: number;
}

/** WhatsApp lets one write freely for 24 hours after the contact's last message. */
function SendWindow({ until, offset }: WindowProps) {
  const words = useWords().reply;
  const now = useSeconds(until !== undefined, 20_000) + offset;
  if (until === undefined) return <span />;
  const left = until - now;
  if (left <= 0)
    return (
      <span class="reply-window late">
        <Icon name="warning" /> {words.over}
      </span>
    );
  const text = spanText(left, words);
  return (
    <span class={left < hour ? 'reply-window late' : 'reply-window'}>
      <Icon name="clock" /> {left < hour ? words.closing(text) : words.open(text)}
    </span>
  );
}
