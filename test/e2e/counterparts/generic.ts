import * as fixture from '../../fixtures/generic.ts';
import type { Counterpart, Told } from './counterpart.ts';

let serial = 0;

const words: Readonly<Record<Told, string>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'SEEN',
};

function textBody(text: string): Buffer {
  serial += 1;
  const message = fixture.message({ id: `in-${serial}`, sentAt: Date.now(), body: { text } });
  return Buffer.from(JSON.stringify({ line: fixture.accountId, messages: [message] }));
}

export const generic: Counterpart = {
  name: 'generic',
  account: {
    accountId: fixture.accountId,
    number: fixture.accountId,
    path: 'generic',
    mapping: fixture.savedMapping,
  },
  credentials: { webhookSecret: fixture.webhookSecret },
  text: (text) => fixture.signed(textBody(text)),
  forged: (text) => fixture.signed(textBody(text), 'another secret'),
  report: (status, message) => {
    const receipt = fixture.receipt(words[status], { message, sentAt: Date.now() });
    return fixture.batch({ receipts: [receipt] });
  },
};
