import type { Provider } from '../provider.ts';
import { parse } from './parse.ts';
import { sender } from './sender.ts';
import { verify } from './verify.ts';

/** Sinch Conversation API, channel WhatsApp (developers.sinch.com, Conversation API; 2026). */
export const sinch: Provider = {
  name: 'sinch',
  contentTypes: ['application/json'],
  refusal: ({ webhookSecret }) =>
    webhookSecret === ''
      ? 'Enter the webhook secret: Sinch signs with it, and unsigned webhooks are refused.'
      : undefined,
  handshake: () => undefined,
  verify,
  parse,
  acknowledgement: { status: 200, body: '' },
  sender,
};
