import { render } from 'preact';
import { attention } from './attention.ts';
import { connect, type Connection } from './connection.ts';
import type { DesktopState } from './model/state.ts';
import type { Action, Effect } from './model/step.ts';
import { logout, readSession } from './session.ts';
import { createStore } from './store.ts';
import { App, documentTitle } from './view/app.tsx';
import { openWindow } from './windows.ts';

let connection: Connection | undefined;
const root = document.getElementById('app') ?? document.body;
const store = createStore(draw, perform);

function draw(state: DesktopState): void {
  document.title = documentTitle(state);
  render(<App state={state} dispatch={dispatch} onLogout={() => void leave()} />, root);
}

function perform(effect: Effect): void {
  switch (effect.type) {
    case 'send':
      connection?.send(effect.word);
      break;
    case 'later':
      setTimeout(() => dispatch(effect.action), effect.after);
      break;
    case 'openWindow':
      if (!openWindow(effect.page)) dispatch({ type: 'windowBlocked', page: effect.page });
      break;
    case 'focus':
      moveFocus(effect.id, effect.ifLost);
      break;
  }
}

function moveFocus(id: string, ifLost: boolean): void {
  const active = document.activeElement;
  if (ifLost && active !== null && active !== document.body) return;
  document.getElementById(id)?.focus();
}

/** Whoever logs in gets the channel, whoever is out loses it. */
function dispatch(action: Action): void {
  store.dispatch(action);
  if (action.type !== 'loggedIn' && action.type !== 'loggedOut') return;
  connection?.close();
  connection = action.type === 'loggedIn' ? openChannel() : undefined;
}

function openChannel(): Connection {
  return connect({
    onWord: (word) => dispatch({ type: 'word', word, attention: attention(), at: Date.now() }),
    onLost: () => dispatch({ type: 'connectionLost' }),
    onSessionEnded: () => dispatch({ type: 'loggedOut', reason: 'ended' }),
  });
}

async function leave(): Promise<void> {
  if (await logout()) dispatch({ type: 'loggedOut', reason: 'left' });
  else dispatch({ type: 'logoutFailed' });
}

/** Asks who is logged in, here or meanwhile in another tab; a server that is away is asked again. */
async function resume(): Promise<void> {
  const session = await readSession();
  const known = store.read().session.kind;
  if (known === 'in') return;
  if (session.kind === 'in') dispatch({ type: 'loggedIn', agent: session.agent });
  if (session.kind === 'out' && known === 'unknown') dispatch({ type: 'loggedOut' });
  if (session.kind === 'unreachable' && known === 'unknown') {
    dispatch({ type: 'connectionLost' });
    setTimeout(() => void resume(), 3000);
  }
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  connection?.hurry();
  if (store.read().session.kind === 'out') void resume();
});
addEventListener('online', () => connection?.hurry());

draw(store.read());
void resume();
