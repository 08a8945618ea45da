import type { Reply } from '../model/desk-state.ts';
import { safeText } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { Ticks } from './icons.tsx';
import { MessageText } from './message-text.tsx';
import { useWords } from './use-words.ts';

interface Props {
  readonly reply: Reply;
  readonly dispatch: Dispatch;
}

/** A reply that is on its way, or did not get there. */
export function PendingReply({ reply, dispatch }: Props) {
  const words = useWords();
  const { id, state, reason, detail, text } = reply;
  const failed = state === 'failed';
  return (
    <div class="message outgoing last">
      <div class={failed ? 'bubble failed' : 'bubble'}>
        <span class="spoken">{words.talk.you}: </span>
        <MessageText text={text} />
        <span class="bubble-foot">
          <Ticks status={state} />
          <span class="spoken">{words.talk.ticks[state]}</span>
        </span>
      </div>
      {failed && (
        <p class="message-error" role="alert">
          {words.reply.refusals[reason ?? 'failed']} {detail && <bdi>{safeText(detail)}</bdi>}
          <span class="message-tools">
            {reason !== 'gone' && (
              <button
                type="button"
                class="link"
                onClick={() => dispatch({ type: 'sentAgain', draftId: id })}
              >
                {words.reply.again}
              </button>
            )}
            <button
              type="button"
              class="link"
              onClick={() => dispatch({ type: 'replyDropped', draftId: id })}
            >
              {words.reply.discard}
            </button>
          </span>
        </p>
      )}
    </div>
  );
}
