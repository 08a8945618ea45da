import type { ComponentChildren } from 'preact';
import { addressHost, frameSandbox, isBlockedAsMixed } from '../model/address.ts';
import { home, type DesktopState, type Tab } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import { pageTitle } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { CloseIcon, OutIcon } from './icons.tsx';
import { memo } from './memo.ts';
import { PinIcon, ReloadIcon } from './page-icons.tsx';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  /** What the first panel holds. */
  readonly children: ComponentChildren;
  readonly dispatch: Dispatch;
}

/** The panels of the tabs. All stay in the document: a page keeps what was typed into it. */
export function Dashboard({ state, children, dispatch }: Props) {
  const { tabs, activeTab } = state;
  return (
    <>
      <div
        class="panel home"
        role="tabpanel"
        id={elementId.panel(home)}
        aria-labelledby={elementId.tab(home)}
        hidden={activeTab !== home}
      >
        {children}
      </div>
      {tabs.toSorted(bySlot).map((tab) => (
        <DashboardPanel
          key={tab.slot}
          tab={tab}
          active={tab.slot === activeTab}
          dispatch={dispatch}
        />
      ))}
    </>
  );
}

/** A frame that moves within the document loads anew, so the panels do not follow the strip's order. */
function bySlot(one: Tab, other: Tab): number {
  return one.slot < other.slot ? -1 : 1;
}

interface PanelProps {
  readonly tab: Tab;
  readonly active: boolean;
  readonly dispatch: Dispatch;
}

const DashboardPanel = memo(({ tab, active, dispatch }: PanelProps) => {
  const words = useWords().pages;
  const { slot, pinned, frame, page, restored } = tab;
  const { url } = page.content;
  const host = addressHost(url);
  const title = pageTitle(page, words);
  const mixed = isBlockedAsMixed(url, location.protocol);
  return (
    <div
      class="panel dashboard"
      role="tabpanel"
      id={elementId.panel(slot)}
      aria-labelledby={elementId.tab(slot)}
      hidden={!active}
    >
      <div class="address">
        <span>{host}</span>
        <button
          type="button"
          class="bare"
          id={elementId.pin(slot)}
          aria-pressed={pinned}
          aria-label={words.pin}
          title={pinned ? words.unpin : words.pin}
          onClick={() => dispatch({ type: 'tabPinned', slot, pinned: !pinned })}
        >
          <PinIcon pinned={pinned} />
        </button>
        <button
          type="button"
          class="bare"
          aria-label={words.reload}
          title={words.reload}
          onClick={() => dispatch({ type: 'tabReloaded', slot })}
        >
          <ReloadIcon />
        </button>
        <a href={url} target="_blank" rel="noopener noreferrer">
          <span>{words.outside}</span> <OutIcon />
        </a>
        {!pinned && (
          <button
            type="button"
            class="bare"
            aria-label={words.closeOf(title)}
            title={words.closeOf(title)}
            onClick={() => dispatch({ type: 'tabClosed', slot })}
          >
            <CloseIcon />
          </button>
        )}
      </div>
      {mixed ? (
        <p class="unframed">{words.insecure(host)}</p>
      ) : (
        <iframe
          key={frame}
          title={title}
          sandbox={frameSandbox(url, location.origin)}
          referrerpolicy="no-referrer"
          allow=""
          loading={restored ? 'lazy' : 'eager'}
          src={url}
        />
      )}
    </div>
  );
});
