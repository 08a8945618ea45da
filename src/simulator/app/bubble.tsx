import type { DeliveryStatus, Location } from '../../event/event.ts';
import type { SendOutcome, SendRequest } from '../protocol.ts';
import type { Bubble, WireLine } from './conversation.ts';

interface BubbleProps {
  readonly bubble: Bubble;
  /** The requests that carried this message, the newest first; none after a reload of the page. */
  readonly lines: readonly WireLine[];
  readonly sendAgain: (request: SendRequest) => void;
}

export function BubbleView({ bubble, lines, sendAgain }: BubbleProps) {
  const { side, type, text, location, delivery } = bubble;
  const [newest] = lines;
  return (
    <article class={`bubble ${side}`} aria-label={side === 'customer' ? 'Customer' : 'Business'}>
      {type === 'image' && <Picture />}
      {location && <Place location={location} />}
      {type === 'interactive' && <span class="pressed">Button pressed</span>}
      {text !== '' && (
        <p class="text" dir="auto">
          {text}
        </p>
      )}
      {!knownTypes.has(type) && <p class="muted">{type}</p>}
      <footer>
        <time>{clock(bubble.at)}</time>
        {delivery && <Ticks status={delivery.status} />}
        {newest && <Answer outcome={newest.outcome} times={lines.length} events={bubble.events} />}
      </footer>
      {newest && side === 'customer' && (
        <button
          type="button"
          class="again"
          title="Send again: the same id, as when a provider retries"
          aria-label="Send again"
          onClick={() => sendAgain(newest.request)}
        >
          ↻
        </button>
      )}
    </article>
  );
}

const knownTypes = new Set(['text', 'image', 'location', 'interactive', 'button']);

/** What the webhook said: the simulated provider's view, not the reader's. */
function Answer({
  outcome,
  times,
  events,
}: {
  outcome: SendOutcome | undefined;
  times: number;
  events: number;
}) {
  if (!outcome) return <span class="answer">sending…</span>;
  if ('error' in outcome) return <span class="answer refused">not sent</span>;
  const { status, took } = outcome;
  const fine = status === 200;
  const twice =
    times > 1 ? `, sent ${times} times, told ${events === 1 ? 'once' : `${events} times`}` : '';
  return (
    <span
      class={fine ? 'answer' : 'answer refused'}
      title={`The webhook answered ${status} in ${took} ms`}
    >
      {fine ? `✓ ${status}` : `✕ ${status}`}
      {twice}
    </span>
  );
}

const ticks: Record<DeliveryStatus, string> = {
  sent: '✓',
  delivered: '✓✓',
  read: '✓✓',
  played: '✓✓',
  failed: '!',
};

function Ticks({ status }: { readonly status: DeliveryStatus }) {
  return (
    <span class={`ticks ${status}`}>
      <span aria-hidden="true">{ticks[status]}</span> {status}
    </span>
  );
}

function Picture() {
  return (
    <svg class="picture" viewBox="0 0 240 140" role="img" aria-label="Picture">
      <rect class="sky" width="240" height="140" />
      <circle class="sun" cx="186" cy="40" r="16" />
      <path class="far" d="M0 140 70 58l52 60 34-36 84 58Z" />
      <path class="near" d="M0 140 40 100l60 40Z" />
    </svg>
  );
}

function Place({ location }: { readonly location: Location }) {
  return (
    <span class="place">
      <span class="pin" aria-hidden="true" />
      <span class="muted">
        {location.latitude.toFixed(4)}, {location.longitude.toFixed(4)}
      </span>
    </span>
  );
}

export function clock(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
