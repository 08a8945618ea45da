import { useEffect, useRef, useState } from 'preact/hooks';
import { longestReason } from '../../protocol.ts';
import type { Dispatch } from '../store.ts';
import { useWords } from './use-words.ts';

/** What a flow reads in `reason`: the same in every language of the page. */
const reasons = [
  ['resolved', 'resolved'],
  ['noAnswer', 'no answer'],
  ['unwanted', 'unwanted'],
] as const;

const other = 'other';

interface Props {
  readonly interactionId: string;
  readonly dispatch: Dispatch;
}

export function ClosePanel({ interactionId, dispatch }: Props) {
  const words = useWords().close;
  const form = useRef<HTMLFormElement>(null);
  const [choice, setChoice] = useState<string>('resolved');
  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  function submit(event: Event): void {
    event.preventDefault();
    const text = form.current?.querySelector<HTMLInputElement>('[name=text]')?.value.trim();
    const reason = choice === other ? text || other : choice;
    dispatch({ type: 'closeWanted', interactionId, reason });
  }

  return (
    <div class="panel-card" role="dialog" aria-label={words.title}>
      <form ref={form} onSubmit={submit}>
        <fieldset>
          <legend>{words.title}</legend>
          {[...reasons, [other, other] as const].map(([name, reason]) => (
            <label class="check" key={name}>
              <input
                type="radio"
                name="reason"
                checked={choice === reason}
                onChange={() => setChoice(reason)}
              />
              {words[name]}
            </label>
          ))}
        </fieldset>
        {choice === other && (
          <input name="text" aria-label={words.text} maxLength={longestReason} autocomplete="off" />
        )}
        <div class="panel-buttons">
          <button class="primary" type="submit">
            {words.confirm}
          </button>
          <button type="button" onClick={() => dispatch({ type: 'panelShown', panel: undefined })}>
            {words.cancel}
          </button>
        </div>
      </form>
    </div>
  );
}
