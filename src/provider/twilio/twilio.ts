import type { Provider } from '../provider.ts';
import { senderAddress } from './address.ts';
import { parse } from './parse.ts';
import { sender } from './sender.ts';
import { verify } from './verify.ts';

/** WhatsApp through Twilio's Programmable Messaging (twilio.com/docs: messaging, whatsapp, events; 2026). */
export const twilio: Provider = {
  name: 'twilio',
  contentTypes: ['application/x-www-form-urlencoded', 'application/json'],
  takesGet: true,
  accountIdOf: senderAddress,
  refusal: ({ authToken }) =>
    authToken === ''
      ? 'The Auth Token of the Twilio account is missing: Twilio signs its webhooks with it.'
      : undefined,
  handshake: () => undefined,
  verify,
  parse,
  acknowledgement: { status: 200, contentType: 'text/xml', body: '<Response/>' },
  sender,
};
