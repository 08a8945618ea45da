import type { ComponentChildren } from 'preact';
import type { PageView } from '../../protocol.ts';
import type { RecentEntry } from '../model/state.ts';
import { pageTitle } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { PageIcon } from './icons.tsx';

interface MissedProps {
  readonly pages: readonly PageView[];
  readonly dispatch: Dispatch;
}

/** What came while the agent was away. */
export function Missed({ pages, dispatch }: MissedProps) {
  if (pages.length === 0) return null;
  return (
    <Section title="Missed" count={pages.length}>
      {pages.map((page) => (
        <Entry key={page.id} page={page} dispatch={dispatch} />
      ))}
    </Section>
  );
}

interface RecentProps {
  readonly entries: readonly RecentEntry[];
  readonly dispatch: Dispatch;
}

export function Recent({ entries, dispatch }: RecentProps) {
  return (
    <Section title="Recent">
      {entries.map(({ page, elsewhere }) => (
        <Entry
          key={page.id}
          page={page}
          note={elsewhere ? 'not shown here' : undefined}
          dispatch={dispatch}
        />
      ))}
      {entries.length === 0 && (
        <li class="empty">Popups and pages that were shown stay here, to be opened again.</li>
      )}
    </Section>
  );
}

interface SectionProps {
  readonly title: string;
  readonly count?: number;
  readonly children: ComponentChildren;
}

function Section({ title, count, children }: SectionProps) {
  const id = `${title.toLowerCase()}-heading`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} {count !== undefined && <span class="count">{count}</span>}
      </h2>
      <ul class="entries">{children}</ul>
    </section>
  );
}

interface EntryProps {
  readonly page: PageView;
  readonly note?: string | undefined;
  readonly dispatch: Dispatch;
}

function Entry({ page, note, dispatch }: EntryProps) {
  const title = pageTitle(page);
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
        <span class="entry-note">
          {note && `${note}, `}
          {timeText(page.createdAt)}
        </span>
      </button>
    </li>
  );
}

/** The hour today, the day before that. */
function timeText(at: number): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return today
    ? date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString([], { day: 'numeric', month: 'short' });
}
