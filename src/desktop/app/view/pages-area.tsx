import { home, type DesktopState } from '../model/state.ts';
import type { Dispatch } from '../store.ts';
import { Dashboard } from './dashboard.tsx';
import { HomePages } from './history.tsx';
import { Popups } from './popups.tsx';
import { TabStrip } from './tab-strip.tsx';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
}

/** Everything that flows bring to the screen: popups, dashboard tabs, and what came before them. */
export function PagesArea({ state, dispatch }: Props) {
  const words = useWords().pages;
  const floating = state.activeTab !== home;
  return (
    <section class="work" aria-label={words.name}>
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
