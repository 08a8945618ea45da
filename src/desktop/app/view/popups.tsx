import { foldPopups } from '../model/popups.ts';
import type { DesktopState, Popup as PopupState } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import { pageTitle } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { CloseIcon } from './icons.tsx';
import { memo } from './memo.ts';
import { PopupFrame } from './popup-frame.tsx';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: Pick<DesktopState, 'popups' | 'popupsGone'>;
  /** Over another page, out of its way. */
  readonly floating: boolean;
  readonly dispatch: Dispatch;
}

/** Popups come without taking the keyboard from anybody; at most three are open, the others are counted. */
export function Popups({ state: { popups, popupsGone }, floating, dispatch }: Props) {
  const { visible, folded } = foldPopups(popups);
  return (
    <div class={floating ? 'popups floating' : 'popups'} hidden={popups.length === 0}>
      {visible.map((popup) => (
        <Popup key={popup.slot} popup={popup} dispatch={dispatch} />
      ))}
      {folded.length > 0 && <Fold popups={folded} gone={popupsGone} dispatch={dispatch} />}
    </div>
  );
}

interface PopupProps {
  readonly popup: PopupState;
  readonly dispatch: Dispatch;
}

const Popup = memo(({ popup: { slot, page }, dispatch }: PopupProps) => {
  const words = useWords().pages;
  const title = pageTitle(page, words);
  const close = () => dispatch({ type: 'popupClosed', slot });
  return (
    <div
      class="popup"
      role="dialog"
      aria-modal="false"
      aria-label={title}
      id={elementId.popup(slot)}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}
    >
      <div class="popup-head">
        <h2 title={title}>
          <bdi>{title}</bdi>
        </h2>
        <button
          type="button"
          class="bare"
          aria-label={words.closeOf(title)}
          title={words.close}
          onClick={close}
        >
          <CloseIcon />
        </button>
      </div>
      <PopupFrame title={title} html={page.content.html} onEscape={close} />
    </div>
  );
});

interface FoldProps {
  readonly popups: readonly PopupState[];
  readonly gone: number;
  readonly dispatch: Dispatch;
}

/** The popups behind the third: a counter that opens to their titles. */
function Fold({ popups, gone, dispatch }: FoldProps) {
  const words = useWords().pages;
  return (
    <details class="fold">
      <summary>{words.more(popups.length + gone)}</summary>
      <ul class="entries">
        {popups.map(({ slot, page }) => (
          <li key={slot}>
            <button
              type="button"
              class="entry"
              onClick={() => dispatch({ type: 'popupRaised', slot })}
            >
              <span class="entry-title">
                <bdi>{pageTitle(page, words)}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {gone > 0 && <p class="fold-gone">{words.gone(gone)}</p>}
      <button
        type="button"
        class="quiet fold-clear"
        onClick={() => dispatch({ type: 'popupsCleared' })}
      >
        {words.clear}
      </button>
    </details>
  );
}
