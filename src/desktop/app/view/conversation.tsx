import { useRef } from 'preact/hooks';
import type { InteractionView } from '../../interaction-view.ts';
import { contactOf } from '../model/interactions.ts';
import type { DesktopState } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import { nameOr, safeText } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { Avatar } from './avatar.tsx';
import { ClosePanel } from './close-panel.tsx';
import { Icon } from './icons.tsx';
import { Messages } from './messages.tsx';
import { ReplyBox } from './reply-box.tsx';
import { TransferPanel } from './transfer-panel.tsx';
import { useAway } from './use-away.ts';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly interaction: InteractionView;
  /** Only read along when it is not. */
  readonly mine: boolean;
  readonly dispatch: Dispatch;
}

export function Conversation({ state, interaction, mine, dispatch }: Props) {
  const words = useWords().talk;
  const contact = contactOf(state, interaction);
  return (
    <section class="conversation" id={elementId.conversation} aria-label={words.name}>
      <Head
        state={state}
        interaction={interaction}
        contact={contact}
        mine={mine}
        dispatch={dispatch}
      />
      <Messages state={state} interaction={interaction} contact={contact} dispatch={dispatch} />
      {mine ? (
        <ReplyBox state={state} interaction={interaction} dispatch={dispatch} />
      ) : (
        <p class="read-along">
          {interaction.agent
            ? words.readAlong(nameOr(interaction.agent.name, interaction.agent.username))
            : words.nobody}
        </p>
      )}
    </section>
  );
}

interface HeadProps extends Props {
  readonly contact: string;
}

function Head({ state, interaction, contact, mine, dispatch }: HeadProps) {
  const words = useWords();
  const details = [interaction.detail, interaction.account, interaction.queue ?? '']
    .map((text) => safeText(text).trim())
    .filter((text, index, all) => text !== '' && text !== contact && all.indexOf(text) === index);
  return (
    <header class="talk-head">
      <button
        type="button"
        class="bare back"
        aria-label={words.talk.back}
        onClick={() => dispatch({ type: 'chosen', interactionId: undefined })}
      >
        <Icon name="back" />
      </button>
      <Avatar name={contact} />
      <div class="talk-who">
        <h2>
          <bdi>{contact}</bdi>
        </h2>
        <p>
          {details.map((text) => (
            <bdi key={text}>{text}</bdi>
          ))}
        </p>
      </div>
      <Actions state={state} interaction={interaction} mine={mine} dispatch={dispatch} />
    </header>
  );
}

function Actions({ state, interaction, mine, dispatch }: Props) {
  const words = useWords();
  const place = useRef<HTMLDivElement>(null);
  const { panel } = state;
  const open = panel === 'close' || panel === 'transfer';
  useAway(place, open, () => dispatch({ type: 'panelShown', panel: undefined }));
  const toggle = (name: 'close' | 'transfer') => () =>
    dispatch({ type: 'panelShown', panel: panel === name ? undefined : name });
  const busy = state.leaving.has(interaction.id);
  return (
    <div class="talk-actions" ref={place}>
      <button
        type="button"
        class="tool"
        id={elementId.opener('transfer')}
        title={mine ? words.transfer.button : words.transfer.assign}
        aria-expanded={panel === 'transfer'}
        aria-disabled={busy}
        onClick={toggle('transfer')}
      >
        <Icon name="swap" />
        <span class="label">{mine ? words.transfer.button : words.transfer.assign}</span>
      </button>
      {mine && (
        <button
          type="button"
          class="tool"
          id={elementId.opener('close')}
          title={words.close.button}
          aria-expanded={panel === 'close'}
          aria-disabled={busy}
          aria-keyshortcuts="Alt+K"
          onClick={toggle('close')}
        >
          <Icon name="done" />
          <span class="label">{words.close.button}</span>
        </button>
      )}
      {panel === 'transfer' && (
        <TransferPanel state={state} interaction={interaction} dispatch={dispatch} />
      )}
      {panel === 'close' && mine && (
        <ClosePanel interactionId={interaction.id} dispatch={dispatch} />
      )}
    </div>
  );
}
