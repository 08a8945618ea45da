import { useEffect } from 'preact/hooks';
import { home, type Tab } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import { tabByKey } from '../model/tabs.ts';
import { pageTitle } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { CloseIcon } from './icons.tsx';
import { PinIcon } from './page-icons.tsx';
import { useWords } from './use-words.ts';

interface Props {
  readonly tabs: readonly Tab[];
  readonly active: string;
  readonly dispatch: Dispatch;
}

export function TabStrip({ tabs, active, dispatch }: Props) {
  const words = useWords().pages;
  // A flow may bring a tab to the front that stands beyond the edge.
  useEffect(() => {
    const tab = document.getElementById(elementId.tab(active));
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active]);
  function onKeyDown(event: KeyboardEvent, slot: string): void {
    if (event.key === 'Delete' && slot !== home) dispatch({ type: 'tabClosed', slot });
    const next = tabByKey(tabs, slot, event.key);
    if (next === undefined) return;
    event.preventDefault();
    dispatch({ type: 'tabSelected', slot: next });
    document.getElementById(elementId.tab(next))?.focus();
  }
  const strip = {
    active,
    onKeyDown,
    onSelect: (slot: string) => dispatch({ type: 'tabSelected', slot }),
  };
  return (
    <div class="tabs" role="tablist" aria-label={words.name}>
      <TabButton {...strip} slot={home} title={words.home} />
      {tabs.map((tab) => (
        <TabButton
          {...strip}
          key={tab.slot}
          slot={tab.slot}
          title={pageTitle(tab.page, words)}
          tab={tab}
          onClose={() => dispatch({ type: 'tabClosed', slot: tab.slot })}
        />
      ))}
    </div>
  );
}

interface TabProps {
  readonly slot: string;
  readonly title: string;
  readonly active: string;
  /** None for the home of the strip. */
  readonly tab?: Tab;
  readonly onKeyDown: (event: KeyboardEvent, slot: string) => void;
  readonly onSelect: (slot: string) => void;
  readonly onClose?: () => void;
}

function TabButton({ slot, title, active, tab, onKeyDown, onSelect, onClose }: TabProps) {
  const words = useWords().pages;
  const selected = slot === active;
  return (
    <div class={selected ? 'tab selected' : 'tab'} role="presentation">
      <button
        type="button"
        role="tab"
        id={elementId.tab(slot)}
        aria-label={title}
        aria-selected={selected}
        aria-controls={elementId.panel(slot)}
        aria-keyshortcuts={tab && !tab.pinned ? 'Delete' : undefined}
        tabIndex={selected ? 0 : -1}
        title={title}
        onClick={() => onSelect(slot)}
        onKeyDown={(event) => onKeyDown(event, slot)}
      >
        {tab?.pinned && <PinIcon pinned />}
        <bdi>{title}</bdi>
        {tab?.unread && <span class="unread" aria-hidden="true" />}
      </button>
      {/* For the mouse: a tab list holds tabs only. The panel has the button for everybody else. */}
      {tab && !tab.pinned && (
        <button
          type="button"
          class="bare"
          title={words.closeOf(title)}
          aria-hidden="true"
          tabIndex={-1}
          onClick={onClose}
        >
          <CloseIcon />
        </button>
      )}
    </div>
  );
}
