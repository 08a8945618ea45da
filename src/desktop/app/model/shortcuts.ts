import type { Words } from '../words/en.ts';
import { isMine } from './interactions.ts';
import type { DesktopState } from './state.ts';
import type { Action } from './step.ts';

export type Shortcut = Exclude<keyof Words['keys'], 'title' | 'send' | 'line'>;

/** With Alt, since plain letters belong to those who write and to screen readers. */
const keys: Readonly<Record<string, Shortcut>> = {
  a: 'accept',
  x: 'reject',
  arrowdown: 'next',
  arrowup: 'previous',
  u: 'unread',
  r: 'reply',
  p: 'pause',
  k: 'close',
  q: 'popup',
};

/** For the list of shortcuts, in its order. */
export const shortcutList: readonly {
  readonly name: Exclude<keyof Words['keys'], 'title'>;
  readonly keys: readonly string[];
}[] = [
  { name: 'accept', keys: ['Alt', 'A'] },
  { name: 'reject', keys: ['Alt', 'X'] },
  { name: 'next', keys: ['Alt', '↓'] },
  { name: 'previous', keys: ['Alt', '↑'] },
  { name: 'unread', keys: ['Alt', 'U'] },
  { name: 'reply', keys: ['Alt', 'R'] },
  { name: 'send', keys: ['Enter'] },
  { name: 'line', keys: ['Shift', 'Enter'] },
  { name: 'close', keys: ['Alt', 'K'] },
  { name: 'popup', keys: ['Alt', 'Q'] },
  { name: 'pause', keys: ['Alt', 'P'] },
  { name: 'help', keys: ['?'] },
];

export interface Key {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  /** Somebody writes in the element that has the keyboard. */
  readonly writing: boolean;
}

/** Alt Gr, which is Ctrl+Alt on some systems, writes characters: it is no shortcut. */
export function shortcutOf(pressed: Key): Shortcut | undefined {
  if (pressed.ctrlKey || pressed.metaKey) return undefined;
  if (!pressed.altKey) return pressed.key === '?' && !pressed.writing ? 'help' : undefined;
  // On some keyboards Alt turns a letter into a sign; then its place on the keyboard counts.
  const plain = /^(?:[a-z]|Arrow(?:Up|Down))$/i.test(pressed.key);
  const name = plain ? pressed.key : pressed.code.replace(/^Key/, '');
  const wanted = name.toLowerCase();
  return Object.hasOwn(keys, wanted) ? keys[wanted] : undefined;
}

/** What a shortcut does at the moment, if anything. */
export function actionOf(state: DesktopState, shortcut: Shortcut): Action | undefined {
  const { chosen } = state;
  switch (shortcut) {
    case 'accept':
    case 'reject':
      return state.offers.length > 0 ? { type: 'firstAnswered', choice: shortcut } : undefined;
    case 'next':
    case 'previous':
    case 'unread':
      return { type: 'stepped', to: shortcut };
    case 'reply':
      return chosen === undefined ? undefined : { type: 'replyWanted' };
    case 'pause': {
      const status = (state.statusAsked ?? state.status) === 'ready' ? 'paused' : 'ready';
      return { type: 'statusWanted', status };
    }
    case 'close':
      return chosen !== undefined && isMine(state, chosen)
        ? { type: 'panelShown', panel: 'close' }
        : undefined;
    case 'popup': {
      const front = state.popups[0];
      return front && { type: 'popupClosed', slot: front.slot };
    }
    case 'help':
      return { type: 'panelShown', panel: state.panel === 'keys' ? undefined : 'keys' };
    default:
      return shortcut satisfies never;
  }
}
