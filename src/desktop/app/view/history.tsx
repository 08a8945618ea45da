import type { ComponentChildren } from 'preact';
import type { PageView } from '../../protocol.ts';
import { momentText } from '../model/calendar.ts';
import { contactName } from '../model/offers.ts';
import { missedPages } from '../model/pages.ts';
import type { DesktopState } from '../model/state.ts';
import { pageTitle } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { Icon, PageIcon } from './icons.tsx';
import { memo } from './memo.ts';
import { useLocale, useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
}

/** What was missed, and what was shown: to be found again. */
export function HomePages({ state, dispatch }: Props) {
  const words = useWords().pages;
  const missed = missedPages(state);
  const { lapsed, recent, popups } = state;
  const locale = useLocale();
  const moment = (at: number) => momentText(at - state.clockOffset, Date.now(), locale);
  if (missed.length + lapsed.length + recent.length + popups.length === 0) return <Nothing />;
  return (
    <div class="history">
      {missed.length + lapsed.length > 0 && (
        <Section id="missed" title={words.missed} count={missed.length + lapsed.length}>
          {lapsed.map((offer) => (
            <li class="entry plain" key={offer.id}>
              <Icon name="clock" />
              <span class="entry-title">
                <bdi>{contactName(state, offer)}</bdi>
              </span>
              <span class="entry-note">{moment(offer.at)}</span>
            </li>
          ))}
          {missed.map((page) => (
            <Entry key={page.id} page={page} note={moment(page.createdAt)} dispatch={dispatch} />
          ))}
        </Section>
      )}
      {recent.length > 0 && (
        <Section id="recent" title={words.recent}>
          {recent.map(({ page, elsewhere }) => (
            <Entry
              key={page.id}
              page={page}
              note={(elsewhere ? `${words.elsewhere}, ` : '') + moment(page.createdAt)}
              dispatch={dispatch}
            />
          ))}
        </Section>
      )}
    </div>
  );
}

function Nothing() {
  const words = useWords().pages;
  return (
    <div class="welcome">
      <h2>{words.none}</h2>
      <p>{words.noneHint}</p>
    </div>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  readonly children: ComponentChildren;
}

function Section({ id, title, count, children }: SectionProps) {
  return (
    <section aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>
        {title} {count !== undefined && <span class="count">{count}</span>}
      </h2>
      <ul class="entries">{children}</ul>
    </section>
  );
}

interface EntryProps {
  readonly page: PageView;
  readonly note: string;
  readonly dispatch: Dispatch;
}

const Entry = memo(({ page, note, dispatch }: EntryProps) => {
  const title = pageTitle(page, useWords().pages);
  return (
    <li>
      <button
        type="button"
        class="entry"
        title={title}
        onClick={() => dispatch({ type: 'reopened', page })}
      >
        <PageIcon kind={page.content.kind} />
        <span class="entry-title">
          <bdi>{title}</bdi>
        </span>
        <span class="entry-note">{note}</span>
      </button>
    </li>
  );
});
