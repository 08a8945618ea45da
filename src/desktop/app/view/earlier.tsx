import type { EarlierView } from '../../interaction-view.ts';
import { momentText } from '../model/calendar.ts';
import type { Conversation } from '../model/desk-state.ts';
import type { DesktopState } from '../model/state.ts';
import { nameOr, safeText } from '../model/text.ts';
import { timeline } from '../model/timeline.ts';
import type { Dispatch } from '../store.ts';
import type { Words } from '../words/en.ts';
import { Icon } from './icons.tsx';
import { OlderButton, Timeline } from './timeline.tsx';
import { useLocale, useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly interactionId: string;
  readonly contact: string;
  readonly dispatch: Dispatch;
}

/** What the contact had before, above what they have now: closed until the agent asks for it. */
export function Earlier({ state, interactionId, contact, dispatch }: Props) {
  const words = useWords().talk;
  const { list = [], open } = state.earlier.get(interactionId) ?? {};
  if (list.length === 0) return null;
  return (
    <details class="earlier">
      <summary>{words.earlier(list.length)}</summary>
      {list.toReversed().map((earlier) => {
        const place = { interactionId, earlierId: earlier.id };
        const conversation = open?.get(earlier.id);
        return (
          <section key={earlier.id}>
            <Row
              earlier={earlier}
              open={conversation !== undefined}
              offset={state.clockOffset}
              onToggle={() => dispatch({ type: 'earlierToggled', ...place })}
            />
            {conversation && (
              <div class="earlier-talk">
                <OlderButton
                  conversation={conversation}
                  onClick={() => dispatch({ type: 'earlierWanted', ...place })}
                />
                <Note conversation={conversation} />
                <Timeline
                  items={timeline(conversation, [])}
                  contact={contact}
                  state={state}
                  dispatch={dispatch}
                />
              </div>
            )}
          </section>
        );
      })}
    </details>
  );
}

interface RowProps {
  readonly earlier: EarlierView;
  readonly open: boolean;
  readonly offset: number;
  readonly onToggle: () => void;
}

function Row({ earlier, open, offset, onToggle }: RowProps) {
  const words = useWords();
  const locale = useLocale();
  const { closedAt, agent, reason, lastText = '' } = earlier;
  const facts = [
    momentText(closedAt - offset, Date.now(), locale),
    agent ? nameOr(agent.name, agent.username) : '',
    reasonText(reason, words.close),
  ].filter((text) => text !== '');
  return (
    <button type="button" class="earlier-row" aria-expanded={open} onClick={onToggle}>
      <Icon name="down" />
      <span class="earlier-facts">
        {facts.map((text) => (
          <bdi key={text}>{text}</bdi>
        ))}
      </span>
      {!open && (
        <span class="earlier-last" dir="auto">
          {nameOr(lastText, '…')}
        </span>
      )}
    </button>
  );
}

function Note({ conversation: { messages, waiting } }: { readonly conversation: Conversation }) {
  const words = useWords().talk;
  if (messages.length > 0) return null;
  return <p class="log-note">{waiting ? words.loading : words.forgotten}</p>;
}

/** A flow may close with reasons of its own. */
function reasonText(reason: string, words: Words['close']): string {
  switch (reason) {
    case 'resolved':
      return words.resolved;
    case 'no answer':
      return words.noAnswer;
    case 'unwanted':
      return words.unwanted;
    default:
      return safeText(reason).trim();
  }
}
