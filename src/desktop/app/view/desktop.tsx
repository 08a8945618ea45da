import type { SessionView } from '../../protocol.ts';
import { interactionOf, isMine } from '../model/interactions.ts';
import { home, type DesktopState } from '../model/state.ts';
import type { Dispatch } from '../store.ts';
import { Board } from './board.tsx';
import { Conversation } from './conversation.tsx';
import { Held } from './held.tsx';
import { Inbox } from './inbox.tsx';
import { Keys } from './keys.tsx';
import { Notices } from './notices.tsx';
import { Offers } from './offers.tsx';
import { PagesArea } from './pages-area.tsx';
import { Readiness } from './readiness.tsx';
import { TopBar } from './top-bar.tsx';
import { useWords } from './use-words.ts';
import { ViewBar } from './view-bar.tsx';

interface Props {
  readonly state: DesktopState;
  readonly agent: SessionView;
  readonly dispatch: Dispatch;
  readonly onLogout: () => void;
}

/**
 * Wide: the list, the conversation and the pages side by side. Narrower: the list beside one of the two.
 * Beside a CRM: one at a time. All of it stays in the document, so that nothing typed or loaded is lost.
 */
export function Desktop({ state, agent, dispatch, onLogout }: Props) {
  const { view, activeTab } = state;
  const interaction = interactionOf(state, state.chosen);
  const views = <ViewBar state={state} agent={agent} dispatch={dispatch} />;
  return (
    <div class="desktop">
      <TopBar state={state} agent={agent} dispatch={dispatch} onLogout={onLogout}>
        {views}
      </TopBar>
      <div class="banners">
        <ConnectionBanner connection={state.connection} dispatch={dispatch} />
        <Readiness />
        <Held held={state.held} dispatch={dispatch} />
      </div>
      <div
        class="body"
        data-view={view}
        data-tab={activeTab === home ? 'home' : 'page'}
        data-talk={interaction ? 'open' : 'none'}
      >
        <div class="side">
          <Offers state={state} dispatch={dispatch} />
          <Inbox state={state} dispatch={dispatch} />
        </div>
        <main class="middle">
          <div class="talk" hidden={view === 'board'}>
            {interaction ? (
              <Conversation
                key={interaction.id}
                state={state}
                interaction={interaction}
                mine={isMine(state, interaction.id)}
                dispatch={dispatch}
              />
            ) : (
              <Nobody />
            )}
          </div>
          {view === 'board' && <Board state={state} dispatch={dispatch} />}
        </main>
        <PagesArea state={state} dispatch={dispatch} />
      </div>
      {state.panel === 'keys' && <Keys dispatch={dispatch} />}
      <Notices state={state} dispatch={dispatch} />
    </div>
  );
}

function Nobody() {
  const words = useWords().inbox;
  return (
    <div class="nobody">
      <h2>{words.choose}</h2>
      <p>{words.chooseHint}</p>
    </div>
  );
}

/** Always there for screen readers, so that its text is spoken when it comes. */
function ConnectionBanner({
  connection,
  dispatch,
}: Pick<DesktopState, 'connection'> & Pick<Props, 'dispatch'>) {
  const words = useWords().top;
  return (
    <div class="banner" role="status">
      {connection === 'lost' && <p>{words.reconnecting}</p>}
      {connection === 'crowded' && (
        <p>
          {words.crowded}{' '}
          <button
            type="button"
            class="small"
            onClick={() => dispatch({ type: 'connectionWanted' })}
          >
            {words.again}
          </button>
        </p>
      )}
    </div>
  );
}
