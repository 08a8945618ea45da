import { tabLimit } from '../model/tabs.ts';
import type { HeldPage } from '../model/state.ts';
import { pageTitle } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { CloseIcon } from './icons.tsx';

interface Props {
  readonly held: readonly HeldPage[];
  readonly dispatch: Dispatch;
}

const reasons = {
  blocked:
    'The browser blocked a page. Allow pop-ups for this site to have such pages open by themselves.',
  full: `${tabLimit} dashboard tabs are open. Close one, then open this page.`,
};

/** Pages that a click of the agent opens. */
export function Held({ held, dispatch }: Props) {
  return (
    <>
      {held.map(({ page, why }) => {
        const title = pageTitle(page);
        return (
          <div class="held" key={page.id}>
            <p>{reasons[why]}</p>
            <button
              type="button"
              class="primary"
              onClick={() => dispatch({ type: 'heldOpened', pageId: page.id })}
            >
              Open <bdi>{title}</bdi>
            </button>
            <button
              type="button"
              class="bare"
              aria-label={`Dismiss ${title}`}
              onClick={() => dispatch({ type: 'heldDismissed', pageId: page.id })}
            >
              <CloseIcon />
            </button>
          </div>
        );
      })}
    </>
  );
}
