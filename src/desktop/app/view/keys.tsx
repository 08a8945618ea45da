import { useEffect, useRef } from 'preact/hooks';
import { shortcutList } from '../model/shortcuts.ts';
import type { Dispatch } from '../store.ts';
import { CloseIcon } from './icons.tsx';
import { useWords } from './use-words.ts';

/** The list of shortcuts: the one thing that covers the page, since the agent has asked for it. */
export function Keys({ dispatch }: { readonly dispatch: Dispatch }) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const shut = () => dispatch({ type: 'panelShown', panel: undefined });
  return (
    <dialog ref={dialog} class="keys" aria-label={words.keys.title} onClose={shut}>
      <div class="keys-head">
        <h2>{words.keys.title}</h2>
        <button type="button" class="bare" aria-label={words.pages.close} onClick={shut}>
          <CloseIcon />
        </button>
      </div>
      <dl>
        {shortcutList.map(({ name, keys }) => (
          <div key={name}>
            <dt>{words.keys[name]}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
