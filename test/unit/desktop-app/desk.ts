import { reduce } from '../../../src/desktop/app/model/reduce.ts';
import {
  initialState,
  type CtiPage,
  type DesktopState,
  type PopupPage,
} from '../../../src/desktop/app/model/state.ts';
import type { Action, Attention, Effect } from '../../../src/desktop/app/model/step.ts';
import type { OfferView, PageView, PageWord, ServerWord } from '../../../src/desktop/protocol.ts';

export const near: Attention = { visible: true, focused: true, working: false };
export const typing: Attention = { visible: true, focused: true, working: true };
export const hidden: Attention = { visible: false, focused: false, working: false };

type Rules = Partial<Pick<PageView, 'key' | 'repeat'>>;

export function popup(id: string, rules: Rules = {}): PopupPage {
  const content = { kind: 'popup', title: `Popup ${id}`, html: `<p>${id}</p>` } as const;
  return { id, key: `key of ${id}`, repeat: 'stack', createdAt: 0, ...rules, content };
}

export function cti(
  id: string,
  location: 'tab' | 'window' | 'dashboard' = 'dashboard',
  rules: Rules & { readonly url?: string } = {},
): CtiPage {
  const { url = `https://crm.example/${id}`, ...page } = rules;
  const content = {
    kind: 'cti',
    url,
    location,
    tabTitle: `Order ${id}`,
    width: 0,
    height: 0,
  } as const;
  return { id, key: `key of ${id}`, repeat: 'stack', createdAt: 0, ...page, content };
}

export function offer(id: string, contact = `Contact ${id}`): OfferView {
  const texts = { detail: '', account: 'Shop', queue: 'Sales', text: 'Hello' };
  return { id, contact, ...texts, createdAt: 0 };
}

export function heard(word: ServerWord, attention: Attention = near, at = 0): Action {
  return { type: 'word', word, attention, at };
}

/** One page of the agent, driven by actions; remembers what it was asked to do. */
export function desk(state: DesktopState = initialState) {
  const effects: Effect[] = [];
  const page = {
    effects,
    state: () => state,
    act(...actions: readonly Action[]) {
      for (const action of actions) {
        const next = reduce(state, action);
        state = next.state;
        effects.push(...next.effects);
      }
      return page;
    },
    hear: (word: ServerWord, attention: Attention = near, at = 0) =>
      page.act(heard(word, attention, at)),
    /** A page that was announced, claimed and granted. */
    show: (shown: PageView, attention: Attention = near) =>
      page
        .hear({ type: 'page', page: shown })
        .hear({ type: 'claimed', pageId: shown.id, granted: true }, attention),
    sent: (): readonly PageWord[] =>
      effects.flatMap((effect) => (effect.type === 'send' ? [effect.word] : [])),
    focused: (): readonly string[] =>
      effects.flatMap((effect) => (effect.type === 'focus' ? [effect.id] : [])),
  };
  return page;
}

/** A page with its channel open. */
export function onlineDesk() {
  const agent = { username: 'ada', name: 'Ada' };
  return desk().hear({ type: 'welcome', agent, desktop: 'Service', now: 0 });
}
