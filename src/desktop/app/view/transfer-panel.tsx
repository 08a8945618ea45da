import { useEffect, useRef, useState } from 'preact/hooks';
import type { InteractionView } from '../../interaction-view.ts';
import type { DesktopState } from '../model/state.ts';
import { nameOr } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly interaction: InteractionView;
  readonly dispatch: Dispatch;
}

/** Gives an interaction to a queue or to somebody: a native list, which finds names as one types. */
export function TransferPanel({ state, interaction, dispatch }: Props) {
  const words = useWords();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('select, button')?.focus(), []);
  const { queues } = state;
  const holder = interaction.agent?.username;
  const { session } = state;
  // A supervisor may take what they read along.
  const everybody = session.kind === 'in' ? [...state.colleagues, session.agent] : state.colleagues;
  const agents = everybody.filter(({ username }) => username !== holder);

  const targets = [...queues.map(({ id }) => `q${id}`), ...agents.map((one) => `a${one.username}`)];
  const [value, setValue] = useState(targets[0] ?? '');
  // What was chosen may have gone meanwhile: nothing else takes its place by itself.
  const isThere = targets.includes(value);

  function submit(event: Event): void {
    event.preventDefault();
    if (!isThere) return;
    const name = value.slice(1);
    const to = value.startsWith('q') ? { queue: name } : { agent: name };
    dispatch({ type: 'transferWanted', interactionId: interaction.id, to });
  }

  return (
    <div class="panel-card" role="dialog" aria-label={words.transfer.title}>
      <form ref={form} onSubmit={submit}>
        {targets.length === 0 ? (
          <p>{words.transfer.nobody}</p>
        ) : (
          <label class="field">
            {words.transfer.title}
            <select
              required
              value={isThere ? value : ''}
              onChange={({ currentTarget }) => setValue(currentTarget.value)}
            >
              {!isThere && <option value="">–</option>}
              {queues.length > 0 && (
                <optgroup label={words.transfer.queues}>
                  {queues.map(({ id, name }) => (
                    <option key={id} value={`q${id}`}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              )}
              {agents.length > 0 && (
                <optgroup label={words.transfer.agents}>
                  {agents.map(({ username, name }) => (
                    <option key={username} value={`a${username}`}>
                      {nameOr(name, username)}
                    </option>
                  ))}
                </optgroup>
              )}
            </select>
          </label>
        )}
        <div class="panel-buttons">
          {targets.length > 0 && (
            <button class="primary" type="submit">
              {words.transfer.confirm}
            </button>
          )}
          <button type="button" onClick={() => dispatch({ type: 'panelShown', panel: undefined })}>
            {words.close.cancel}
          </button>
        </div>
      </form>
    </div>
  );
}
