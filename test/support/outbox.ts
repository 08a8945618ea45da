/** An outbox before the outside world: the store, the inbox and the senders are the real ones. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { WhatsAppEvent } from '../../src/event/event.ts';
import { Inbox } from '../../src/inbox/inbox.ts';
import { secretNames, type Secrets } from '../../src/provider/provider.ts';
import { providers } from '../../src/provider/registry.ts';
import type { Rate, SendingAccount } from '../../src/provider/sender.ts';
import type { Order, SendingParty } from '../../src/send/order.ts';
import { createOutbox, type Outbox } from '../../src/send/outbox.ts';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from './temp-folder.ts';

export const giulia = { phone: '+393331234567', name: 'Giulia Müller' };

export interface Desk {
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  /** What the flow was told. */
  readonly events: readonly WhatsAppEvent[];
  readonly health: readonly (string | undefined)[];
  readonly tries: readonly string[];
  readonly problems: readonly Error[];
  party(provider: string, account?: Partial<SendingAccount>, rates?: Rates): SendingParty;
}

interface Rates {
  readonly account: Rate;
  readonly contact?: Rate;
}

/** Fast enough for a test to run into no limit. */
export const unlimited: Rates = { account: { perSecond: 10_000, burst: 10_000 } };

export function secretsOf(given: Partial<Secrets>): Secrets {
  const none = Object.fromEntries(secretNames.map((name) => [name, ''])) as Secrets;
  return { ...none, ...given };
}

export function order(party: SendingParty, more: Partial<Order> = {}): Order {
  return {
    id: randomUUID(),
    node: 'out',
    to: { phone: giulia.phone },
    contact: giulia,
    content: { kind: 'text', text: 'Ciao' },
    party: () => party,
    warn: () => undefined,
    ...more,
  };
}

/** An outbox for each test of a describe block; `waits` are the seconds between its tries. */
export function useDesk(waits: readonly number[] = [0.01, 0.01, 0.01, 0.01]): () => Desk {
  const folder = useTempFolder();
  let desk: Desk | undefined;

  beforeEach(async () => {
    const file = join(folder(), `${randomUUID()}.sqlite`);
    const store = await openEmbeddedStore({ file, retentionDays: 30 });
    const events: WhatsAppEvent[] = [];
    const inbox = new Inbox({
      store,
      deliver: async (event) => void events.push(event),
      offersChanged: () => undefined,
      problem: (error) => assert.fail(error),
    });
    inbox.begin();
    const health: (string | undefined)[] = [];
    const tries: string[] = [];
    const problems: Error[] = [];
    const outbox = createOutbox({
      waits: () => waits,
      health: (_, problem) => health.push(problem),
      tried: (_, outcome) => tries.push(outcome),
      problem: (error) => problems.push(error),
    });
    desk = { outbox, inbox, events, health, tries, problems, party };

    function party(provider: string, given: Partial<SendingAccount> = {}, rates = unlimited) {
      const sender = providers.get(provider)?.sender;
      assert.ok(sender, `${provider} cannot send`);
      const number = '+39021234567';
      const known = { id: 'shop', name: 'Shop', key: 'SHOP', provider, number };
      const policy = { account: known, closeAfter: 1440, reopenWithin: 0 };
      const account = {
        id: 'shop',
        accountId: '1234567890',
        number,
        apiUrl: '',
        apiVersion: '',
        publicUrl: '',
        secrets: secretsOf({}),
        policy,
        inbox,
        ...given,
      };
      return { account, sender: { ...sender, rates } };
    }
  });
  afterEach(async () => {
    desk?.outbox.rest();
    await desk?.inbox.stop();
    await desk?.inbox.store.close();
    desk = undefined;
  });
  return () => {
    if (!desk) throw new Error('The desk is there only while a test runs.');
    return desk;
  };
}
