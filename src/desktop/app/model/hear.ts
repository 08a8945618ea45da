import type { ServerWord } from '../../protocol.ts';
import { announced, claimAgain, claimed, dropWithdrawn, withdrawn } from './claims.ts';
import { askAgain, attend, takeConversation, takeMessage, tellUnread } from './conversation.ts';
import { takeEarlier, takeHistory, withoutWaiting } from './earlier.ts';
import { ended, refused, takeInteraction, takeInteractions } from './interactions.ts';
import { answered, takeOffers } from './offers.ts';
import { takeMissed, takeRecent } from './pages.ts';
import { replied, resend } from './replies.ts';
import { loggedIn } from './session.ts';
import type { DesktopState } from './state.ts';
import { takeStatus } from './status.ts';
import { andThen, step, type Action, type Attention, type Step } from './step.ts';

type Heard = Extract<Action, { type: 'word' }>;
type Word<Type extends ServerWord['type']> = Extract<ServerWord, { type: Type }>;

type PagesWord = Word<'page' | 'claimed' | 'withdrawn' | 'missed' | 'recent'>;
type DeskWord = Exclude<ServerWord, PagesWord | Word<'welcome' | 'offers' | 'answered' | 'pong'>>;

/** What a word of the server changes. */
export function hear(state: DesktopState, { word, attention, at }: Heard): Step {
  switch (word.type) {
    case 'welcome':
      return welcomed(state, word, at);
    case 'offers':
      return takeOffers(state, word.offers, at);
    case 'answered':
      return answered(state, word);
    case 'page':
    case 'claimed':
    case 'withdrawn':
    case 'missed':
    case 'recent':
      return hearPages(state, word, attention, at);
    case 'pong':
      return step(state);
    case 'status':
    case 'interactions':
    case 'interaction':
    case 'interactionEnded':
    case 'queues':
    case 'conversation':
    case 'history':
    case 'earlier':
    case 'message':
    case 'replied':
    case 'refused':
    case 'board':
      return hearDesk(state, word, attention, at);
    default:
      word satisfies never;
      // A newer server may know words that this page does not.
      return step(state);
  }
}

function hearPages(state: DesktopState, word: PagesWord, attention: Attention, at: number): Step {
  switch (word.type) {
    case 'page':
      return announced(state, word.page, attention);
    case 'claimed':
      return claimed(state, word, attention, at);
    case 'withdrawn':
      return withdrawn(state, word.pageIds);
    case 'missed':
      return claimAgain(takeMissed(state, word.pages), word.pages);
    case 'recent':
      return andThen(claimAgain(takeRecent(state, word.pages), word.pages), (next) =>
        step(dropWithdrawn(next, word.pages)),
      );
    default:
      return word satisfies never;
  }
}

function hearDesk(state: DesktopState, word: DeskWord, attention: Attention, at: number): Step {
  switch (word.type) {
    case 'status':
      return step(takeStatus(state, word.status, word.since));
    case 'queues':
      return step({ ...state, queues: word.queues });
    case 'interactions':
      return takeInteractions(state, word.interactions, at);
    case 'interaction':
      return changed(state, word, attention);
    case 'interactionEnded':
      return ended(state, word);
    case 'conversation':
      return takeConversation(state, word, attention);
    case 'history':
      return step(takeHistory(state, word));
    case 'earlier':
      return step(takeEarlier(state, word));
    case 'message':
      return takeMessage(state, word, attention);
    case 'replied':
      return step(replied(state, word));
    case 'refused':
      return refused(state, word);
    case 'board':
      return step({ ...state, board: word.board });
    default:
      return word satisfies never;
  }
}

function welcomed(state: DesktopState, word: Word<'welcome'>, at: number): Step {
  const online: DesktopState = {
    ...loggedIn(state, word.agent),
    connection: 'online',
    desktop: word.desktop,
    clockOffset: word.now - at,
    status: word.status,
    statusSince: word.statusSince,
    statusAsked: undefined,
    queues: word.queues,
    colleagues: word.colleagues,
    leaving: new Set(),
    unlisted: new Map(),
    watching: false,
  };
  return andThen(askAgain(withoutWaiting(online)), (next) => step(next, ...resend(next)));
}

/** More is unread than before: the agent is told, unless they are looking at it. */
function changed(
  state: DesktopState,
  { interaction }: Word<'interaction'>,
  attention: Attention,
): Step {
  const before = state.interactions.find(({ id }) => id === interaction.id);
  const seen = attention.reading === true && state.chosen === interaction.id;
  const grown = before !== undefined && interaction.unread > before.unread;
  const taken = takeInteraction(state, interaction);
  if (seen) return andThen(taken, (next) => attend(next, attention));
  if (!grown) return taken;
  return andThen(taken, (next) => tellUnread(next, interaction.id, interaction.contact));
}
