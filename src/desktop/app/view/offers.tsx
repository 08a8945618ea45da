import type { OfferView } from '../../protocol.ts';
import { clockText, secondsLeft } from '../model/countdown.ts';
import { contactName } from '../model/offers.ts';
import type { DesktopState } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import { safeText } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { useSeconds } from './use-seconds.ts';

interface Props {
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
}

export function Offers({ state, dispatch }: Props) {
  const { offers } = state;
  const now = useSeconds(offers.some((offer) => offer.expiresAt !== undefined));
  return (
    <section class="offers" aria-labelledby={elementId.offers}>
      <h2 id={elementId.offers} tabIndex={-1}>
        Offers {offers.length > 0 && <span class="count">{offers.length}</span>}
      </h2>
      {offers.length === 0 && (
        <p class="empty">No offers right now. New WhatsApp conversations appear here.</p>
      )}
      {offers.map((offer) => (
        <Offer
          key={offer.id}
          offer={offer}
          choice={state.answers.get(offer.id)?.choice}
          online={state.connection === 'online'}
          seconds={
            offer.expiresAt === undefined
              ? undefined
              : secondsLeft(offer.expiresAt, now, state.clockOffset)
          }
          onAnswer={(choice) => dispatch({ type: 'answer', offerId: offer.id, choice })}
        />
      ))}
    </section>
  );
}

interface OfferProps {
  readonly offer: OfferView;
  readonly choice: 'accept' | 'reject' | undefined;
  readonly online: boolean;
  readonly seconds: number | undefined;
  readonly onAnswer: (choice: 'accept' | 'reject') => void;
}

function Offer({ offer, choice, online, seconds, onAnswer }: OfferProps) {
  const still = choice !== undefined || !online;
  const contact = contactName(offer);
  return (
    <div class="offer" role="group" aria-label={contact} aria-busy={choice !== undefined}>
      <div class="offer-head">
        <span class="offer-contact">
          <bdi>{contact}</bdi>
        </span>
        {seconds !== undefined && (
          <span class={seconds <= 10 ? 'offer-clock late' : 'offer-clock'} role="timer">
            {clockText(seconds)}
          </span>
        )}
      </div>
      <p class="offer-detail">
        {[offer.detail, offer.account, offer.queue]
          .map((text) => safeText(text).trim())
          .filter((text) => text !== '' && text !== contact)
          .map((text) => (
            <bdi key={text}>{text}</bdi>
          ))}
      </p>
      {offer.text && (
        <p class="offer-text" dir="auto">
          {safeText(offer.text)}
        </p>
      )}
      <div class="offer-buttons">
        <button
          type="button"
          class="primary"
          aria-disabled={still}
          onClick={() => onAnswer('accept')}
        >
          Accept
        </button>
        <button type="button" aria-disabled={still} onClick={() => onAnswer('reject')}>
          Reject
        </button>
      </div>
    </div>
  );
}
