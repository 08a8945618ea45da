import { home, type DesktopState } from '../model/state.ts';
import type { Dispatch } from '../store.ts';
import { Dashboard } from './dashboard.tsx';
import { HomePages } from './history.tsx';
import { Popups } from './popups.tsx';
import { TabStrip } from './tab-strip.tsx';
import { useWide } from './use-wide.ts';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
}

/** Everything that flows bring to the screen: popups, dashboard tabs, and what came before them. */
export function PagesArea({ state, dispatch }: Props) {
  const words = useWords().pages;
  const wide = useWide();
  const docked = state.view === 'board' || (state.view === 'inbox' && !wide);
  const floating = state.activeTab !== home && !docked;
  return (
    <section class={docked ? 'work docked' : 'work'} aria-label={words.name}>
      <TabStrip tabs={state.tabs} active={state.activeTab} dispatch={dispatch} />
      <div class={floating ? 'stage' : 'stage home-stage'}>
        <Popups state={state} floating={floating} dispatch={dispatch} />
        <Dashboard state={state} dispatch={dispatch}>
          <HomePages state={state} dispatch={dispatch} />
        </Dashboard>
      </div>
    </section>
  );
}
