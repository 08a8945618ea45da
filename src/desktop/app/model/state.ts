import type { PageContent } from '../../../store/contract.ts';
import type { OfferView, PageView, SessionView } from '../../protocol.ts';
import { initialDesk, type DeskState, type Reply, type View } from './desk-state.ts';

export type PopupPage = PageView & { readonly content: Extract<PageContent, { kind: 'popup' }> };
export type CtiPage = PageView & { readonly content: Extract<PageContent, { kind: 'cti' }> };

/** Why an agent is asked to log in again. */
export type LogoutReason = 'ended' | 'left' | 'refused';

export type Session =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'out'; readonly reason?: LogoutReason }
  | { readonly kind: 'in'; readonly agent: SessionView };

/** A popup on the screen. Its `slot` outlives the page: a replacing page takes over the slot. */
export interface Popup {
  readonly slot: string;
  readonly page: PopupPage;
}

export interface Tab {
  readonly slot: string;
  readonly page: CtiPage;
  /** Names what the frame has loaded: another name loads it anew. */
  readonly frame: string;
  /** Opened behind the agent's back and not looked at yet. */
  readonly unread: boolean;
  /** Kept by the agent: no other page takes its place, and it is not closed by mistake. */
  readonly pinned: boolean;
  /** It stood there before the page was loaded again: it is loaded when the agent looks at it. */
  readonly restored?: boolean;
}

/** Why a page waits for a click. */
export type HeldWhy =
  | 'blocked'
  /** No tab is left for it. */
  | 'full'
  /** The agent was typing. */
  | 'typing'
  /** So many came at once that more windows would only be in the way. */
  | 'flood';

export interface HeldPage {
  readonly page: CtiPage;
  readonly why: HeldWhy;
}

/** A page that wants to be shown; `asked` once the claim is on its way. */
export interface Claim {
  readonly page: PageView;
  readonly asked: boolean;
}

export interface RecentEntry {
  readonly page: PageView;
  /** It was not granted to this window: another one of this agent may show it. */
  readonly elsewhere: boolean;
}

export interface Answer {
  readonly choice: 'accept' | 'reject';
  readonly contact: string;
}

export interface Notice {
  readonly id: number;
  readonly text: string;
}

/** Where an agent is and what they have begun: what a page goes on with after a reload or a new login. */
export interface Place {
  readonly username: string;
  readonly view: View;
  readonly chosen: string | undefined;
  readonly drafts: readonly (readonly [string, string])[];
  /** Replies that may not have gone out. */
  readonly replies: readonly Reply[];
  readonly tabs: readonly Tab[];
  readonly activeTab: string;
}

export interface DesktopState extends DeskState {
  readonly session: Session;
  /** While nobody is in: the place of the agent whose session has ended, for when they come again. */
  readonly kept: Place | undefined;
  readonly connection: 'connecting' | 'online' | 'lost' | 'crowded';
  readonly desktop: string;
  /** What to add to this browser's clock to get the server's. */
  readonly clockOffset: number;
  readonly offers: readonly OfferView[];
  /** Answers that the server has not confirmed yet, by offer. */
  readonly answers: ReadonlyMap<string, Answer>;
  readonly claims: ReadonlyMap<string, Claim>;
  /** Pages whose claim was answered here. */
  readonly settled: ReadonlySet<string>;
  /** Pages that came to the screen here. */
  readonly rendered: ReadonlySet<string>;
  /** Pages that the agent opened from a list. */
  readonly opened: ReadonlySet<string>;
  /** Newest first. */
  readonly popups: readonly Popup[];
  /** How many popups gave way to newer ones: they are in "Recent". */
  readonly popupsGone: number;
  /** The pinned ones first. */
  readonly tabs: readonly Tab[];
  /** The slot of a tab, or `home`. */
  readonly activeTab: string;
  /** Oldest first. */
  readonly held: readonly HeldPage[];
  /** When windows of the browser came by themselves of late, by this browser's clock. */
  readonly windows: readonly number[];
  /** Newest first. */
  readonly recent: readonly RecentEntry[];
  readonly missed: readonly PageView[];
  /** Claims whose answer was lost with the connection: nobody may have seen these pages. */
  readonly doubtful: readonly PageView[];
  readonly notices: readonly Notice[];
  /** For the live region; its number makes the same text twice two announcements. */
  readonly announcement: Notice;
  readonly lastNotice: number;
}

export const home = 'home';

export const initialState: DesktopState = {
  ...initialDesk,
  session: { kind: 'unknown' },
  kept: undefined,
  connection: 'connecting',
  desktop: '',
  clockOffset: 0,
  offers: [],
  answers: new Map(),
  claims: new Map(),
  settled: new Set(),
  rendered: new Set(),
  opened: new Set(),
  popups: [],
  popupsGone: 0,
  tabs: [],
  activeTab: home,
  held: [],
  windows: [],
  recent: [],
  missed: [],
  doubtful: [],
  notices: [],
  announcement: { id: 0, text: '' },
  lastNotice: 0,
};

export function isPopup(page: PageView): page is PopupPage {
  return page.content.kind === 'popup';
}

export function isCti(page: PageView): page is CtiPage {
  return page.content.kind === 'cti';
}
