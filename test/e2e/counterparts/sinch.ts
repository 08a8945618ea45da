import type { WebhookRequest } from '../../../src/provider/provider.ts';
import * as fixture from '../../fixtures/sinch.ts';
import { sinchKeys, startFakeSinch } from '../../support/fake-sinch.ts';
import type { Counterpart, Told } from './counterpart.ts';

const words: Readonly<Record<Told, string>> = {
  sent: 'QUEUED_ON_CHANNEL',
  delivered: 'DELIVERED',
  read: 'READ',
};

function request(callback: fixture.Part, more: fixture.Part = {}): WebhookRequest {
  const event_time = new Date().toISOString();
  return fixture.request({ ...callback, event_time, ...more }, Date.now());
}

export const sinch: Counterpart = {
  name: 'sinch',
  account: { accountId: fixture.appId, number: fixture.account.number, path: 'si-5f2a9c' },
  credentials: { webhookSecret: fixture.webhookSecret, ...sinchKeys },
  text: (text) => request(fixture.inbound(fixture.text(text))),
  forged: (text) => ({
    ...request(fixture.inbound(fixture.text(text))),
    headers: fixture.headers(Buffer.from('{}'), Date.now()),
  }),
  api: {
    start: startFakeSinch,
    read: ({ json }) => ({
      to: `+${json.recipient.identified_by.channel_identities[0].identity}`,
      text: json.message.text_message.text,
    }),
    report: (status, messageId, { json }) => {
      const { message_metadata } = json;
      return request(fixture.report(messageId, words[status]), { message_metadata });
    },
  },
};
