import type { SessionView } from '../../protocol.ts';
import type { View } from '../model/desk-state.ts';
import { missedPages } from '../model/pages.ts';
import type { DesktopState } from '../model/state.ts';
import type { Dispatch } from '../store.ts';
import { Icon, type IconName } from './icons.tsx';
import { useWide } from './use-wide.ts';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly agent: SessionView;
  readonly dispatch: Dispatch;
}

/** Leads to what a screen has no room for beside the rest. */
export function ViewBar({ state, agent, dispatch }: Props) {
  const words = useWords().top;
  const unread = state.interactions.filter((interaction) => interaction.unread > 0).length;
  const pages = missedPages(state).length + state.tabs.filter((tab) => tab.unread).length;
  // Side by side the two are one view.
  const current = useWide() && state.view === 'pages' ? 'inbox' : state.view;
  const supervisor = agent.role === 'supervisor';
  const item = (view: View, icon: IconName, count: number) => (
    <button
      key={view}
      type="button"
      class={`view-${view}`}
      aria-current={current === view ? 'page' : undefined}
      onClick={() => dispatch(goTo(state, view))}
    >
      <Icon name={icon} />
      <span>{words[view]}</span>
      {count > 0 && <span class="count">{count}</span>}
    </button>
  );
  return (
    <nav class={supervisor ? 'views' : 'views plain'} aria-label={words.views}>
      {item('inbox', 'bubble', unread + state.offers.length)}
      {item('pages', 'page', pages)}
      {supervisor && item('board', 'board', 0)}
    </nav>
  );
}

/** "Conversations" a second time leads from one of them back to the list. */
function goTo({ view, chosen }: DesktopState, wanted: View) {
  return wanted === 'inbox' && view === 'inbox' && chosen !== undefined
    ? ({ type: 'chosen', interactionId: undefined } as const)
    : ({ type: 'viewed', view: wanted } as const);
}
