import { actionOf, shortcutOf } from './model/shortcuts.ts';
import type { DesktopState } from './model/state.ts';
import type { Dispatch } from './store.ts';

/** Listens to the keyboard as long as the page lives. */
export function listenToKeys(read: () => DesktopState, dispatch: Dispatch): void {
  document.addEventListener('keydown', (event) => {
    const state = read();
    if (event.defaultPrevented || state.session.kind !== 'in') return;
    if (event.key === 'Escape' && state.panel) return dispatch(shutPanel);
    if (!state.preferences.shortcuts || event.repeat || event.getModifierState('AltGraph')) return;
    const { key, code, altKey, ctrlKey, metaKey } = event;
    const writing = isWriting(event.target);
    const shortcut = shortcutOf({ key, code, altKey, ctrlKey, metaKey, writing });
    const action = shortcut && actionOf(state, shortcut);
    if (!shortcut) return;
    event.preventDefault();
    if (action) dispatch(action);
  });
}

const shutPanel = { type: 'panelShown', panel: undefined } as const;

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
}
