import type { Happening } from '../../provider/simulator/build.ts';
import type { SendOutcome, SendRequest } from '../protocol.ts';
import { clock } from './bubble.tsx';
import type { WireLine } from './conversation.ts';

interface WireProps {
  readonly wire: readonly WireLine[];
  readonly sendAgain: (request: SendRequest) => void;
}

/** Each signed request to the webhook and its answer, the newest first. */
export function Wire({ wire, sendAgain }: WireProps) {
  const [newest] = wire;
  return (
    <section class="card wire">
      <header>
        <h2>Webhook</h2>
        <button
          type="button"
          class="chip"
          disabled={!newest}
          title="The same id, as when a provider retries"
          onClick={() => newest && sendAgain(newest.request)}
        >
          Send the last again
        </button>
      </header>
      {wire.length === 0 && <p class="muted">Signed requests and their answers appear here.</p>}
      <ol aria-label="Requests to the webhook">
        {wire.map(({ number, request, again, at, outcome }) => (
          <li key={number}>
            <time class="muted">{clock(at)}</time>
            <span class="what">
              {nameOf(request.happening)}
              {again && <span class="muted"> · same id again</span>}
            </span>
            <Result outcome={outcome} again={again} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Result({ outcome, again }: { outcome: SendOutcome | undefined; again: boolean }) {
  if (!outcome) return <span class="result muted">…</span>;
  if ('error' in outcome) return <span class="result refused">{outcome.error}</span>;
  const { status, took } = outcome;
  if (status !== 200) return <span class="result refused">{refusal(status)}</span>;
  return (
    <span class="result fine">
      {status} {again ? 'known' : ''} <span class="muted">{took} ms</span>
    </span>
  );
}

const refusals: Readonly<Record<number, string>> = {
  401: 'signature refused',
  404: 'unknown path',
  413: 'too big',
  415: 'wrong content type',
  503: 'not kept, try later',
};

function refusal(status: number): string {
  return `${status} ${refusals[status] ?? 'refused'}`;
}

const names: Readonly<Record<Happening['kind'], string>> = {
  text: 'Text',
  image: 'Image',
  location: 'Location',
  button: 'Button reply',
  echo: 'Business reply',
  status: 'Status',
};

function nameOf(happening: Happening): string {
  const name = names[happening.kind];
  return happening.kind === 'status' ? `${name} ${happening.status}` : name;
}
