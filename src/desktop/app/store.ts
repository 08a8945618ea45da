import { reduce } from './model/reduce.ts';
import { initialState, type DesktopState } from './model/state.ts';
import type { Action, Effect } from './model/step.ts';

export type Dispatch = (action: Action) => void;

export interface Store {
  readonly dispatch: Dispatch;
  readonly read: () => DesktopState;
}

/**
 * Holds the page's one state: draws a change, then performs what it brings with it. What the agent does is
 * drawn within the dispatch, so that a click may still open a window. What the server says is drawn
 * together, at the next `frame`, unless it brings something that has to stand on the screen first.
 */
export function createStore(
  draw: (state: DesktopState) => void,
  perform: (effect: Effect) => void,
  frame: (run: () => void) => void,
): Store {
  let state = initialState;
  let drawn = state;
  let waiting = false;

  function show(): void {
    if (drawn === state) return;
    drawn = state;
    draw(state);
  }
  function showSoon(): void {
    if (waiting) return;
    waiting = true;
    frame(() => {
      waiting = false;
      show();
    });
  }
  return {
    dispatch: (action) => {
      const next = reduce(state, action);
      state = next.state;
      if (action.type === 'word' && !next.effects.some(needsScreen)) showSoon();
      else show();
      for (const effect of next.effects) perform(effect);
    },
    read: () => state,
  };
}

/** The keyboard goes to what is there, and a receipt says of a page that it stands on the screen. */
function needsScreen(effect: Effect): boolean {
  return effect.type === 'focus' || (effect.type === 'send' && effect.word.type === 'receipt');
}
