import type { Account, WhatsAppEvent } from './event.ts';

const at = '2026-01-15T09:30:00.000Z';

/** A customer's message that nobody wrote, to try things with where no real event is at hand. */
export function madeEvent(account: Partial<Account> = {}): WhatsAppEvent {
  return {
    id: 'made-event',
    name: 'message.incoming',
    at,
    receivedAt: at,
    account: {
      id: '',
      name: 'Customer service',
      key: 'CARE',
      provider: 'simulator',
      number: '+15550100200',
      ...account,
    },
    interaction: { id: 'made-interaction', change: 'opened', state: 'open', openedAt: at },
    message: {
      id: 'made-message',
      verb: 'incoming',
      type: 'text',
      text: 'Hello, this is urgent: where is my order "4711" <fragile>?',
      media: [],
    },
    contact: { id: 'made-contact', phone: '+15550100300', name: 'Anna Bell & Sons' },
    queue: 'Sales',
    redelivered: false,
  };
}
