import { useMemo } from 'preact/hooks';
import { localeOf } from '../model/calendar.ts';
import type { DesktopState } from '../model/state.ts';
import type { Dispatch } from '../store.ts';
import { wordsIn } from '../words/words.ts';
import { Desktop } from './desktop.tsx';
import { Login } from './login.tsx';
import { SpeechContext, useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
  readonly onLogout: () => void;
}

export function App(props: Props) {
  const { language } = props.state;
  const speech = useMemo(
    () => ({ words: wordsIn(language), locale: localeOf(language, navigator.languages) }),
    [language],
  );
  return (
    <SpeechContext.Provider value={speech}>
      <Screen {...props} />
    </SpeechContext.Provider>
  );
}

function Screen({ state, dispatch, onLogout }: Props) {
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
  const name = state.desktop || wordsIn(state.language).desktop;
  const unread = state.interactions.filter((interaction) => interaction.unread > 0);
  const waiting = state.offers.length + state.held.length + unread.length;
  return waiting === 0 ? name : `(${waiting}) ${name}`;
}

function Opening({ lost }: { readonly lost: boolean }) {
  const words = useWords();
  return (
    <main class="opening">
      <p role="status">{lost ? words.unreachable : words.opening}</p>
    </main>
  );
}
