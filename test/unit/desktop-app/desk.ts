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
export const follower: Attention = { visible: true, focused: false, working: false, leads: false };

type Rules = Partial<Pick<PageView, 'key' | 'repeat' | 'subject' | 'unframed'>>;

export function popup(id: string, rules: Rules = {}): PopupPage {
  const content = { kind: 'popup', title: `Popup ${id}`, html: `<p>${id}</p>` } as const;
  return { ...viewOf(id), ...rules, content };
}

function viewOf(id: string) {
  const rules = { key: `key of ${id}`, subject: `subject of ${id}`, repeat: 'stack' } as const;
  return { id, ...rules, createdAt: 0 };
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
  return { ...viewOf(id), ...page, content };
}

export function offer(id: string, contact = `Contact ${id}`): OfferView {
  const texts = { detail: '', account: 'Shop', queue: 'Sales', text: 'Hello' };
  return { id, contact, ...texts, createdAt: 0 };
}

export const agent = { username: 'ada', name: 'Ada', role: 'agent' } as const;

type Welcome = Extract<ServerWord, { type: 'welcome' }>;

export function welcome(more: Partial<Welcome> = {}): Welcome {
  return {
    type: 'welcome',
    agent,
    desktop: 'Service',
    status: 'ready',
    statusSince: 0,
    queues: [],
    colleagues: [],
    frames: [],
    now: 0,
    ...more,
  };
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
    claims: (): readonly string[] =>
      page.sent().flatMap((word) => (word.type === 'claim' ? [word.pageId] : [])),
    receipts: (): readonly string[] =>
      page
        .sent()
        .flatMap((word) => (word.type === 'receipt' ? [`${word.what} ${word.pageId}`] : [])),
    focused: (): readonly string[] =>
      effects.flatMap((effect) => (effect.type === 'focus' ? [effect.id] : [])),
  };
  return page;
}

/** A page with its channel open. */
export function onlineDesk() {
  return desk().hear(welcome());
}
