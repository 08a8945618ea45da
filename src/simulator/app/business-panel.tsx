import { useState } from 'preact/hooks';
import type { DeliveryStatus } from '../../event/event.ts';
import type { Happening } from '../../provider/simulator/build.ts';
import type { AccountView } from '../protocol.ts';
import type { Bubble } from './conversation.ts';

interface BusinessPanelProps {
  readonly account: AccountView | undefined;
  readonly lastReply: Bubble | undefined;
  readonly send: (happening: Happening) => void;
}

const statuses: readonly DeliveryStatus[] = ['sent', 'delivered', 'read', 'failed'];

/** What happens on the other side of the line without a flow: a colleague's own phone, and statuses. */
export function BusinessPanel({ account, lastReply, send }: BusinessPanelProps) {
  return (
    <section class="card">
      <h2>Business phone</h2>
      <Echo disabled={!account} send={send} />
      <h3>Delivery status of the last reply</h3>
      <div class="statuses" role="group" aria-label="Delivery status of the last reply">
        {statuses.map((status) => (
          <button
            key={status}
            type="button"
            class="chip"
            disabled={!lastReply}
            aria-pressed={lastReply?.delivery?.status === status}
            onClick={() => lastReply && send({ kind: 'status', messageId: lastReply.key, status })}
          >
            {status}
          </button>
        ))}
      </div>
      {!lastReply && <p class="muted">There is no reply yet.</p>}
    </section>
  );
}

function Echo({
  disabled,
  send,
}: { readonly disabled: boolean } & Pick<BusinessPanelProps, 'send'>) {
  const [text, setText] = useState('');
  const submit = (event: Event): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    send({ kind: 'echo', text });
    setText('');
  };
  return (
    <form class="echo" onSubmit={submit}>
      <label class="field">
        <span>Reply from the business phone</span>
        <input
          dir="auto"
          value={text}
          disabled={disabled}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="plain" disabled={disabled || text.trim() === ''}>
        Reply
      </button>
    </form>
  );
}
