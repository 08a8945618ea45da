import assert from 'node:assert/strict';
import * as fixture from '../../fixtures/twilio.ts';
import { startFakeTwilio, twilioSid, twilioToken } from '../../support/fake-twilio.ts';
import type { Counterpart } from './counterpart.ts';

const { formRequest, incoming, publicUrl, sender, status } = fixture;
const token = twilioToken;

/** It calls and signs the public URL; a proxy hands that on to Node-RED. */
export const twilio: Counterpart = {
  name: 'twilio',
  account: { accountId: sender, number: fixture.number, path: 'tw-5f2a9c', publicUrl },
  credentials: { accountSid: twilioSid, authToken: token },
  text: (words) => formRequest(incoming(fixture.text(words)), { token }),
  forged: (words) => formRequest(incoming(fixture.text(words)), { token: 'another token' }),
  api: {
    start: startFakeTwilio,
    read: ({ form }) => ({
      to: (form.get('To') ?? '').replace('whatsapp:', ''),
      text: form.get('Body') ?? '',
    }),
    report(word, messageId, { form }) {
      const { origin, pathname, search } = new URL(form.get('StatusCallback') ?? '');
      assert.equal(origin + pathname, publicUrl);
      return formRequest(status(messageId, word), { query: search, token });
    },
  },
};
