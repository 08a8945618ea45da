import type { Sender } from '../sender.ts';
import { build, messagesUrl, recipientOf } from './build.ts';
import { readAnswer, readCheck } from './read-answer.ts';

/** Sends by the messages API v1. */
export const sender: Sender = {
  build,
  recipientOf,
  read: readAnswer,
  // Kaleyra tells no number; the pair rate is WhatsApp's own.
  rates: {
    account: { perSecond: 10, burst: 20 },
    contact: { perSecond: 1 / 6, burst: 45 },
  },
  // There is nothing to ask for: a message to nobody is refused, and how tells whether the key is right.
  check(account) {
    const { accountSid, apiKey } = account.secrets;
    if (accountSid === '' || apiKey === '') return undefined;
    return {
      method: 'POST',
      url: messagesUrl(account),
      headers: { 'api-key': apiKey, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'channel=whatsapp',
    };
  },
  readCheck,
  // The files lie at a public address.
  mediaSource: (media) =>
    media.url === undefined ? undefined : { url: media.url, headers: {}, hosts: [] },
  readMediaUrl: () => undefined,
};
