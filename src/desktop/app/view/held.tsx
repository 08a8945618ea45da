import { addressHost } from '../model/address.ts';
import type { CtiPage, HeldPage } from '../model/state.ts';
import { tabLimit } from '../model/tabs.ts';
import { pageTitle } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import type { Words } from '../words/en.ts';
import { CloseIcon } from './icons.tsx';
import { useWords } from './use-words.ts';

interface Props {
  readonly held: readonly HeldPage[];
  readonly dispatch: Dispatch;
}

const visibleLimit = 3;

/** Pages that a click of the agent opens, by what they wait for: the newest first, of many only a few. */
export function Held({ held, dispatch }: Props) {
  const words = useWords().pages;
  if (held.length === 0) return null;
  const groups = Map.groupBy(held.toReversed(), (each) => reasonOf(each, words));
  return (
    <section class="held-pages" aria-label={words.held.name}>
      {[...groups].map(([reason, pages]) => (
        <Group key={reason} reason={reason} held={pages} dispatch={dispatch} />
      ))}
    </section>
  );
}

interface GroupProps extends Props {
  readonly reason: string;
}

function Group({ reason, held, dispatch }: GroupProps) {
  const words = useWords().pages;
  const buttons = (pages: readonly HeldPage[]) =>
    pages.map(({ page }) => <OpenButton key={page.id} page={page} dispatch={dispatch} />);
  return (
    <div class="held">
      <p>{reason}</p>
      <ul>{buttons(held.slice(0, visibleLimit))}</ul>
      {held.length > visibleLimit && (
        <details class="held-more">
          <summary>{words.held.more(held.length - visibleLimit)}</summary>
          <ul>{buttons(held.slice(visibleLimit))}</ul>
        </details>
      )}
    </div>
  );
}

interface ButtonProps {
  readonly page: CtiPage;
  readonly dispatch: Dispatch;
}

function OpenButton({ page, dispatch }: ButtonProps) {
  const words = useWords().pages;
  const title = pageTitle(page, words);
  return (
    <li>
      <button
        type="button"
        class="primary"
        onClick={() => dispatch({ type: 'heldOpened', pageId: page.id })}
      >
        {words.open} <bdi>{title}</bdi>
      </button>
      <button
        type="button"
        class="bare"
        aria-label={words.dismissOf(title)}
        title={words.dismissOf(title)}
        onClick={() => dispatch({ type: 'heldDismissed', pageId: page.id })}
      >
        <CloseIcon />
      </button>
    </li>
  );
}

function reasonOf({ page, why }: HeldPage, words: Words['pages']): string {
  if (why === 'full') return words.held.full(tabLimit);
  // That it opens outside at all is news to whoever expects a dashboard tab.
  if (page.unframed) return words[page.unframed](addressHost(page.content.url));
  return words.held[why];
}
