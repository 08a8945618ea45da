import type { WebhookRequest } from '../../../src/provider/provider.ts';
import * as fixture from '../../fixtures/kaleyra.ts';
import { kaleyraKey, kaleyraSid, startFakeKaleyra } from '../../support/fake-kaleyra.ts';
import type { Counterpart } from './counterpart.ts';

const now = (): string => String(Math.floor(Date.now() / 1000));

/** By GET, as our guide advises. */
function get(fields: fixture.Fields, secret = fixture.webhookSecret): WebhookRequest {
  // A header is bytes, and Node gives each as one character.
  return fixture.get(fields, { 'x-webhook-secret': Buffer.from(secret).toString('latin1') });
}

const text = (words: string) => fixture.incoming({ body: words, created_at: now() });

export const kaleyra: Counterpart = {
  name: 'kaleyra',
  account: { accountId: fixture.number, number: fixture.number, path: fixture.path },
  credentials: {
    accountSid: kaleyraSid,
    apiKey: kaleyraKey,
    webhookSecret: fixture.webhookSecret,
  },
  text: (words) => get(text(words)),
  forged: (words) => get(text(words), 'another secret'),
  api: {
    start: startFakeKaleyra,
    read: ({ form }) => ({ to: form.get('to') ?? '', text: form.get('body') ?? '' }),
    report: (word, messageId, { form }) =>
      get(fixture.status(`${messageId}:0`, word, { timestamp: now(), ref: form.get('ref') ?? '' })),
  },
};
