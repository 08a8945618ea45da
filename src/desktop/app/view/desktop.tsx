import type { SessionView } from '../../protocol.ts';
import { missedPages } from '../model/pages.ts';
import { home, type DesktopState } from '../model/state.ts';
import { nameOr } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { Dashboard } from './dashboard.tsx';
import { Held } from './held.tsx';
import { Missed, Recent } from './history.tsx';
import { Mark } from './icons.tsx';
import { Notices } from './notices.tsx';
import { Offers } from './offers.tsx';
import { Popups } from './popups.tsx';
import { TabStrip } from './tab-strip.tsx';

interface Props {
  readonly state: DesktopState;
  readonly agent: SessionView;
  readonly dispatch: Dispatch;
  readonly onLogout: () => void;
}

export function Desktop({ state, agent, dispatch, onLogout }: Props) {
  return (
    <div class="desktop">
      <header class="top">
        <Mark />
        <h1>{nameOr(state.desktop, 'Agent desktop')}</h1>
        <span class="agent">
          <bdi>{nameOr(agent.name, agent.username)}</bdi>
        </span>
        <button type="button" class="quiet" onClick={onLogout}>
          Log out
        </button>
      </header>
      <ConnectionBanner lost={state.connection === 'lost'} />
      <Offers state={state} dispatch={dispatch} />
      <aside class="history" aria-label="Pages">
        <Missed pages={missedPages(state)} dispatch={dispatch} />
        <Recent entries={state.recent} dispatch={dispatch} />
      </aside>
      <main class="work">
        <Held held={state.held} dispatch={dispatch} />
        <TabStrip tabs={state.tabs} active={state.activeTab} dispatch={dispatch} />
        <div class="stage">
          {' '}
          <Dashboard state={state} />
          <Popups popups={state.popups} floating={state.activeTab !== home} dispatch={dispatch} />
        </div>
      </main>
      <Notices state={state} dispatch={dispatch} />
    </div>
  );
}

/** Always there for screen readers, so that its text is spoken when it comes. */
function ConnectionBanner({ lost }: { readonly lost: boolean }) {
  return (
    <div class="banner" role="status">
      {lost && <p>Reconnecting… Offers and popups come as soon as the connection is back.</p>}
    </div>
  );
}
