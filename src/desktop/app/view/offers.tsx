import { useState } from 'preact/hooks';
import type { OfferView } from '../../protocol.ts';
import { clockText, secondsLeft } from '../model/countdown.ts';
import { contactName } from '../model/offers.ts';
import type { DesktopState } from '../model/state.ts';
import { elementId } from '../model/step.ts';
import { safeText } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { Avatar } from './avatar.tsx';
import { memo } from './memo.ts';
import { useSeconds } from './use-seconds.ts';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
}

export function Offers({ state, dispatch }: Props) {
  const words = useWords().offers;
  const { offers, status } = state;
  const now = useSeconds(offers.some((offer) => offer.expiresAt !== undefined));
  return (
    <section class="offers" aria-labelledby={elementId.offers} data-count={offers.length}>
      <h2 id={elementId.offers} tabIndex={-1}>
        {words.title} {offers.length > 0 && <span class="count">{offers.length}</span>}
      </h2>
      {offers.length === 0 && (
        <p class="empty">{status === 'paused' ? words.nonePaused : words.none}</p>
      )}
      {offers.map((offer, index) => (
        <Offer
          key={offer.id}
          offer={offer}
          contact={contactName(state, offer)}
          first={index === 0}
          choice={state.answers.get(offer.id)?.choice}
          online={state.connection === 'online'}
          seconds={
            offer.expiresAt === undefined
              ? undefined
              : secondsLeft(offer.expiresAt, now, state.clockOffset)
          }
          dispatch={dispatch}
        />
      ))}
    </section>
  );
}

interface OfferProps {
  readonly offer: OfferView;
  readonly contact: string;
  /** It is the one that the keyboard's shortcuts answer. */
  readonly first: boolean;
  readonly choice: 'accept' | 'reject' | undefined;
  readonly online: boolean;
  readonly seconds: number | undefined;
  readonly dispatch: Dispatch;
}

const Offer = memo((props: OfferProps) => {
  const { offer, contact, first, choice, online, seconds, dispatch } = props;
  const words = useWords().offers;
  const still = choice !== undefined || !online;
  const late = seconds !== undefined && seconds <= 10;
  return (
    <div class="offer" role="group" aria-label={contact} aria-busy={choice !== undefined}>
      <div class="offer-head">
        <Avatar name={contact} />
        <div class="offer-who">
          <div class="offer-line">
            <span class="offer-contact">
              <bdi>{contact}</bdi>
            </span>
            {seconds !== undefined && (
              <span class={late ? 'offer-clock late' : 'offer-clock'} role="timer">
                {clockText(seconds)}
              </span>
            )}
          </div>
          <Detail offer={offer} contact={contact} />
        </div>
      </div>
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
          aria-keyshortcuts={first ? 'Alt+A' : undefined}
          onClick={() => dispatch({ type: 'answer', offerId: offer.id, choice: 'accept' })}
        >
          {words.accept}
        </button>
        <button
          type="button"
          aria-disabled={still}
          aria-keyshortcuts={first ? 'Alt+X' : undefined}
          onClick={() => dispatch({ type: 'answer', offerId: offer.id, choice: 'reject' })}
        >
          {words.reject}
        </button>
      </div>
      {seconds !== undefined && <TimeBar seconds={seconds} late={late} />}
    </div>
  );
});

/** Where it comes from: queue, account, number. */
function Detail({ offer, contact }: { readonly offer: OfferView; readonly contact: string }) {
  const parts = [offer.queue, offer.account, offer.detail]
    .map((text) => safeText(text).trim())
    .filter((text, index, all) => text !== '' && text !== contact && all.indexOf(text) === index);
  return (
    <p class="offer-detail">
      {parts.map((text) => (
        <bdi key={text}>{text}</bdi>
      ))}
    </p>
  );
}

/** Runs empty by itself, from the time that is left when it appears. */
function TimeBar({ seconds, late }: { readonly seconds: number; readonly late: boolean }) {
  const [whole] = useState(seconds);
  return (
    <span class={late ? 'offer-bar late' : 'offer-bar'} aria-hidden="true">
      <span style={{ animationDuration: `${whole}s` }} />
    </span>
  );
}
