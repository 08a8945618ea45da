import { render } from 'preact';
import { alertAgent } from './alert.ts';
import { attention } from './attention.ts';
import { connect, type Connection } from './connection.ts';
import { nextFrame } from './frame.ts';
import { keepPlace, takePlace } from './place.ts';
import { lead, stopLeading } from './leader.ts';
import { placeOf } from './model/place.ts';
import type { DesktopState } from './model/state.ts';
import { elementId, type Action, type Effect } from './model/step.ts';
import { keepPreferences, readPreferences, siteLanguage } from './preferences.ts';
import { logout, readSession } from './session.ts';
import { listenToKeys } from './shortcuts.ts';
import { takeToken } from './sign-on.ts';
import { createSigningOn } from './signing-on.ts';
import { createStore } from './store.ts';
import { listenToTyping } from './typing.ts';
import { App, documentTitle } from './view/app.tsx';
import { openWindow } from './windows.ts';

let connection: Connection | undefined;
const root = document.getElementById('app') ?? document.body;
const store = createStore(draw, perform, nextFrame);
const signingOn = createSigningOn(dispatch);

function draw(state: DesktopState): void {
  document.documentElement.lang = state.language;
  document.title = documentTitle(state);
  render(<App state={state} dispatch={dispatch} onLogout={() => void leave()} />, root);
}

function perform(effect: Effect): void {
  switch (effect.type) {
    case 'send':
      connection?.send(effect.word);
      break;
    case 'connect':
      connection?.hurry();
      break;
    case 'later':
      setTimeout(() => dispatch(effect.action), effect.after);
      break;
    case 'openWindow':
      dispatch({
        type: openWindow(effect.page) ? 'windowOpened' : 'windowBlocked',
        page: effect.page,
      });
      break;
    case 'focus':
      moveFocus(effect.id, effect.ifLost);
      break;
    case 'alert':
      void alertAgent(effect.alert, store.read().preferences.sound);
      break;
    case 'keep':
      keepPreferences(effect.preferences);
      break;
  }
}

function moveFocus(id: string, ifLost: boolean): void {
  const active = document.activeElement;
  if (ifLost && active && active !== document.body && active.id !== elementId.offers) return;
  document.getElementById(id)?.focus();
}

/** Whoever logs in gets the channel, whoever is out loses it. */
function dispatch(action: Action): void {
  store.dispatch(action);
  if (action.type !== 'loggedIn' && action.type !== 'loggedOut') return;
  stopLeading();
  connection?.close();
  connection = undefined;
  keepPlace(store.read().kept);
  if (action.type === 'loggedOut') return;
  signingOn.stop();
  connection = openChannel();
}

function openChannel(): Connection {
  return connect({
    onWord: (word) => {
      if (word.type === 'welcome') lead(word.agent.username);
      dispatch({ type: 'word', word, attention: attention(), at: Date.now() });
    },
    onLost: (crowded) => {
      stopLeading();
      dispatch({ type: 'connectionLost', crowded });
    },
    onSessionEnded: (hasLeft) =>
      dispatch({ type: 'loggedOut', reason: hasLeft ? 'left' : 'ended' }),
  });
}

async function leave(): Promise<void> {
  signingOn.stop();
  if (await logout()) dispatch({ type: 'loggedOut', reason: 'left' });
  else dispatch({ type: 'logoutFailed' });
}

/** Somebody may have logged in meanwhile, in another tab. */
async function resume(): Promise<void> {
  const session = await readSession();
  if (store.read().session.kind !== 'out' || session.kind !== 'in') return;
  dispatch({ type: 'loggedIn', agent: session.agent });
}

/** The site around us may send another agent in without loading us anew. */
addEventListener('hashchange', () => {
  const token = takeToken(location, history);
  if (token !== undefined) void signingOn.begin(token);
});

/** A page that is hidden may be thrown away without a word. */
const keep = (): void => keepPlace(placeOf(store.read()));
addEventListener('pagehide', keep);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return keep();
  connection?.hurry();
  if (store.read().session.kind === 'out') void resume();
});
addEventListener('focus', () => {
  if (attention().reading) dispatch({ type: 'attended' });
});
listenToTyping(() => dispatch({ type: 'typingEnded', at: Date.now() }));
addEventListener('online', () => connection?.hurry());

const preferences = readPreferences();
dispatch({ type: 'languageChosen', language: preferences.language ?? siteLanguage() });
dispatch({ type: 'preferred', preferences });
const place = takePlace();
if (place) dispatch({ type: 'restored', place });
listenToKeys(store.read, dispatch);
void signingOn.begin(takeToken(location, history));
