import { foldPopups } from '../model/popups.ts';
import type { Popup as PopupState } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import { pageTitle } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { CloseIcon } from './icons.tsx';
import { PopupFrame } from './popup-frame.tsx';

interface Props {
  readonly popups: readonly PopupState[];
  /** Over a dashboard page, out of its way. */
  readonly floating: boolean;
  readonly dispatch: Dispatch;
}

export function Popups({ popups, floating, dispatch }: Props) {
  const { visible, folded } = foldPopups(popups);
  return (
    <div class={floating ? 'popups floating' : 'popups'} hidden={popups.length === 0}>
      {visible.map((popup) => (
        <Popup key={popup.slot} popup={popup} dispatch={dispatch} />
      ))}
      {folded.length > 0 && <Fold popups={folded} dispatch={dispatch} />}
    </div>
  );
}

interface PopupProps {
  readonly popup: PopupState;
  readonly dispatch: Dispatch;
}

function Popup({ popup: { slot, page }, dispatch }: PopupProps) {
  const title = pageTitle(page);
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
        if (event.key === 'Escape') close();
      }}
    >
      <div class="popup-head">
        <h2>
          <bdi>{title}</bdi>
        </h2>
        <button type="button" class="bare" aria-label="Close" onClick={close}>
          <CloseIcon />
        </button>
      </div>
      <PopupFrame title={title} html={page.content.html} onEscape={close} />
    </div>
  );
}

/** The popups behind the third: a counter that opens to their titles. */
function Fold({
  popups,
  dispatch,
}: {
  readonly popups: readonly PopupState[];
  readonly dispatch: Dispatch;
}) {
  return (
    <details class="fold">
      <summary>{popups.length === 1 ? '1 more popup' : `${popups.length} more popups`}</summary>
      <ul class="entries">
        {popups.map(({ slot, page }) => (
          <li key={slot}>
            <button
              type="button"
              class="entry"
              onClick={() => dispatch({ type: 'popupRaised', slot })}
            >
              <span class="entry-title">
                <bdi>{pageTitle(page)}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
