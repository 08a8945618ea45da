import type { OfferView } from '../../protocol.ts';
import { announce, notify } from './notices.ts';
import type { DesktopState } from './state.ts';
import { elementId, andThen, step, type Step } from './step.ts';
import { nameOr } from './text.ts';

/** Takes the server's list of standing offers, oldest first: who waits longest comes first. */
export function takeOffers(state: DesktopState, offers: readonly OfferView[]): DesktopState {
  const known = new Set(state.offers.map((offer) => offer.id));
  const fresh = offers.filter((offer) => !known.has(offer.id));
  const sorted = offers.toSorted((one, other) => one.createdAt - other.createdAt);
  const next = { ...state, offers: sorted };
  const [only] = fresh;
  if (!only) return next;
  const text = fresh.length === 1 ? `Offer: ${contactName(only)}` : `${fresh.length} new offers`;
  return announce(next, text);
}

export function answer(state: DesktopState, offerId: string, choice: 'accept' | 'reject'): Step {
  const offer = state.offers.find(({ id }) => id === offerId);
  if (!offer || state.answers.has(offerId) || state.connection !== 'online') return step(state);
  const answers = new Map(state.answers).set(offerId, { choice, contact: contactName(offer) });
  return step({ ...state, answers }, { type: 'send', word: { type: choice, offerId } });
}

export function answered(state: DesktopState, offerId: string, won: boolean): Step {
  const given = state.answers.get(offerId);
  const answers = new Map(state.answers);
  answers.delete(offerId);
  const offers = state.offers.filter(({ id }) => id !== offerId);
  const next = step(
    { ...state, answers, offers },
    { type: 'focus', id: elementId.offers, ifLost: true },
  );
  const text = given && outcome(given.choice, won, given.contact);
  return text ? andThen(next, (settled) => notify(settled, text)) : next;
}

export function contactName(offer: OfferView): string {
  return nameOr(offer.contact, 'Unknown contact');
}

function outcome(choice: 'accept' | 'reject', won: boolean, contact: string): string | undefined {
  if (choice === 'reject') return undefined;
  return won
    ? `You took the conversation with ${contact}.`
    : `The conversation with ${contact} is no longer on offer.`;
}
