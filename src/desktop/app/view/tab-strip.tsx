import { home, type Tab } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import { tabByKey } from '../model/tabs.ts';
import { pageTitle } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { CloseIcon } from './icons.tsx';

interface Props {
  readonly tabs: readonly Tab[];
  readonly active: string;
  readonly dispatch: Dispatch;
}

export function TabStrip({ tabs, active, dispatch }: Props) {
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
    <div class="tabs" role="tablist" aria-label="Pages">
      <TabButton {...strip} slot={home} title="Home" unread={false} />
      {tabs.map(({ slot, page, unread }) => (
        <TabButton
          {...strip}
          key={slot}
          slot={slot}
          title={pageTitle(page)}
          unread={unread}
          onClose={() => dispatch({ type: 'tabClosed', slot })}
        />
      ))}
    </div>
  );
}

interface TabProps {
  readonly slot: string;
  readonly title: string;
  readonly active: string;
  readonly unread: boolean;
  readonly onKeyDown: (event: KeyboardEvent, slot: string) => void;
  readonly onSelect: (slot: string) => void;
  readonly onClose?: () => void;
}

function TabButton({ slot, title, active, unread, onKeyDown, onSelect, onClose }: TabProps) {
  const selected = slot === active;
  return (
    <div class={selected ? 'tab selected' : 'tab'} role="presentation">
      <button
        type="button"
        role="tab"
        id={elementId.tab(slot)}
        aria-selected={selected}
        aria-controls={elementId.panel(slot)}
        tabIndex={selected ? 0 : -1}
        title={title}
        onClick={() => onSelect(slot)}
        onKeyDown={(event) => onKeyDown(event, slot)}
      >
        <bdi>{title}</bdi>
        {unread && <span class="unread" aria-hidden="true" />}
      </button>
      {onClose && (
        <button
          type="button"
          class="bare"
          aria-label={`Close ${title}`}
          tabIndex={selected ? 0 : -1}
          onClick={onClose}
        >
          <CloseIcon />
        </button>
      )}
    </div>
  );
}
