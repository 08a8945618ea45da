import type { DesktopState } from '../model/state.ts';
import type { Dispatch } from '../store.ts';
import { Desktop } from './desktop.tsx';
import { Login } from './login.tsx';

interface Props {
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
  readonly onLogout: () => void;
}

export function App({ state, dispatch, onLogout }: Props) {
  const { session } = state;
  switch (session.kind) {
    case 'unknown':
      return <Opening lost={state.connection === 'lost'} />;
    case 'out':
      return (
        <Login reason={session.reason} onLogin={(agent) => dispatch({ type: 'loggedIn', agent })} />
      );
    case 'in':
      return (
        <Desktop state={state} agent={session.agent} dispatch={dispatch} onLogout={onLogout} />
      );
    default:
      return session satisfies never;
  }
}

/** What waits for the agent can be read off the browser's tab. */
export function documentTitle(state: DesktopState): string {
  const name = state.desktop || 'Agent desktop';
  const waiting = state.offers.length + state.held.length;
  return waiting === 0 ? name : `(${waiting}) ${name}`;
}

function Opening({ lost }: { readonly lost: boolean }) {
  return (
    <main class="opening">
      <p role="status">{lost ? 'The server cannot be reached. Trying again…' : 'Opening…'}</p>
    </main>
  );
}
