import type { OfferView, ServerWord } from '../../protocol.ts';
import { wordsIn } from '../words/words.ts';
import type { Lapsed } from './desk-state.ts';
import { expect } from './interactions.ts';
import { announce, notify } from './notices.ts';
import type { DesktopState } from './state.ts';
import { andThen, elementId, step, type Effect, type Step } from './step.ts';
import { nameOr } from './text.ts';

const lapsedLimit = 20;
/** The clocks of the server and of the page are not read at the same moment. */
const tolerance = 1500;

/** Takes the server's list of standing offers, oldest first: who waits longest comes first. */
export function takeOffers(state: DesktopState, offers: readonly OfferView[], at: number): Step {
  const known = new Set(state.offers.map((offer) => offer.id));
  const fresh = offers.filter((offer) => !known.has(offer.id));
  const sorted = offers.toSorted((one, other) => one.createdAt - other.createdAt);
  const lapsed = withLapsed(state, offers, at);
  const next = { ...state, offers: sorted, lapsed };
  const [only] = fresh;
  if (!only) return step(next);
  const words = wordsIn(state.language).offers;
  const text =
    fresh.length === 1 ? words.fresh(contactName(state, only)) : words.freshMany(fresh.length);
  return step(
    announce(next, text),
    ...fresh.map((offer): Effect => ({ type: 'alert', alert: alertOf(state, offer) })),
  );
}

export function answer(state: DesktopState, offerId: string, choice: 'accept' | 'reject'): Step {
  const offer = state.offers.find(({ id }) => id === offerId);
  if (!offer || state.answers.has(offerId) || state.connection !== 'online') return step(state);
  const answers = new Map(state.answers).set(offerId, { choice, contact: offer.contact });
  return step({ ...state, answers }, { type: 'send', word: { type: choice, offerId } });
}

/** Answers the offer that stands first. */
export function answerFirst(state: DesktopState, choice: 'accept' | 'reject'): Step {
  const first = state.offers.find(({ id }) => !state.answers.has(id));
  return first ? answer(state, first.id, choice) : step(state);
}

export function answered(
  state: DesktopState,
  { offerId, won, interactionId, by }: Extract<ServerWord, { type: 'answered' }>,
): Step {
  const given = state.answers.get(offerId);
  const answers = new Map(state.answers);
  answers.delete(offerId);
  const offers = state.offers.filter(({ id }) => id !== offerId);
  const next = step(
    { ...state, answers, offers },
    { type: 'focus', id: elementId.offers, ifLost: true },
  );
  if (given?.choice !== 'accept') return next;
  const words = wordsIn(state.language).offers;
  const contact = contactName(state, given);
  return andThen(next, (settled) => {
    if (won) return expect(announce(settled, words.won(contact)), interactionId);
    return notify(settled, by ? words.lostTo(contact, by) : words.lost(contact));
  });
}

export function contactName(
  { language }: Pick<DesktopState, 'language'>,
  { contact }: Pick<OfferView, 'contact'>,
): string {
  return nameOr(contact, wordsIn(language).offers.unknown);
}

/** Offers that ended by time, unanswered: the agent may want to know who it was. */
function withLapsed(
  state: DesktopState,
  offers: readonly OfferView[],
  at: number,
): readonly Lapsed[] {
  const standing = new Set(offers.map(({ id }) => id));
  const over = state.offers.filter(
    ({ id, expiresAt }) =>
      !standing.has(id) &&
      !state.answers.has(id) &&
      expiresAt !== undefined &&
      expiresAt <= at + state.clockOffset + tolerance,
  );
  const entries = over.map(({ id, contact }) => ({ id, contact, at: at + state.clockOffset }));
  return [...entries, ...state.lapsed].slice(0, lapsedLimit);
}

function alertOf(state: DesktopState, offer: OfferView) {
  const title = wordsIn(state.language).offers.fresh(contactName(state, offer));
  return { id: `offer-${offer.id}`, title, text: offer.text, sound: true };
}
