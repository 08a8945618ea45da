import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Happening } from '../../provider/simulator/build.ts';
import type { AccountView, SendRequest } from '../protocol.ts';
import { BubbleView } from './bubble.tsx';
import { Composer } from './composer.tsx';
import type { Entry, WireLine } from './conversation.ts';
import { initials } from './customers.ts';
import type { Connection } from './use-simulator.ts';

interface PhoneProps {
  readonly account: AccountView | undefined;
  readonly loading: boolean;
  readonly connection: Connection;
  readonly entries: readonly Entry[];
  readonly wire: readonly WireLine[];
  readonly send: (happening: Happening) => void;
  readonly sendAgain: (request: SendRequest) => void;
  readonly refresh: () => void;
}

export function Phone(props: PhoneProps) {
  const { account, loading, connection } = props;
  return (
    <main class="phone">
      <div class="screen">
        <header class="chat-head">
          <span class="avatar business" aria-hidden="true">
            {initials(account?.name ?? '')}
          </span>
          <span class="who">
            <strong>{account ? account.name || account.id : 'No account'}</strong>
            <span class="muted">{account?.number}</span>
          </span>
          <span class="badge">Simulator</span>
        </header>
        {account ? (
          <Thread {...props} />
        ) : (
          <Empty {...{ loading, connection }} refresh={props.refresh} />
        )}
        <Composer disabled={!account} send={props.send} />
      </div>
    </main>
  );
}

function Thread({ entries, wire, sendAgain }: PhoneProps) {
  const end = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => end.current?.scrollIntoView({ block: 'end' }), [entries]);
  return (
    <div class="thread" role="log" aria-label="Conversation" tabIndex={0}>
      {entries.length === 0 && <p class="note">Type a message, as the customer would.</p>}
      {entries.map((entry) =>
        entry.kind === 'note' ? (
          <p key={entry.key} class="note">
            <bdi>{entry.text}</bdi>
          </p>
        ) : (
          <BubbleView
            key={entry.key}
            bubble={entry}
            lines={wire.filter(({ request }) => request.id === entry.key)}
            sendAgain={sendAgain}
          />
        ),
      )}
      <div ref={end} />
    </div>
  );
}

interface EmptyProps extends Pick<PhoneProps, 'loading' | 'connection' | 'refresh'> {}

function Empty({ loading, connection, refresh }: EmptyProps) {
  if (connection === 'locked') {
    return (
      <div class="empty">
        <p>The Node-RED editor asks for a login.</p>
        <p class="muted">Log in to the editor, then load this page again.</p>
      </div>
    );
  }
  if (loading) return <div class="empty" />;
  return (
    <div class="empty">
      <p>No simulator account is deployed.</p>
      <p class="muted">
        In the editor, add a whatsapp-in node, give it an account with the provider “Simulator”, and
        deploy.
      </p>
      <button type="button" class="plain" onClick={refresh}>
        Look again
      </button>
    </div>
  );
}
