import type { Provider } from '../provider.ts';
import { parse } from './parse.ts';
import { sender } from './sender.ts';
import { handshake, verify } from './verify.ts';

/** WhatsApp Cloud API of Meta (developers.facebook.com, business messaging, webhooks; 2026). */
export const meta: Provider = {
  name: 'meta',
  contentTypes: ['application/json'],
  // Without the app secret every webhook is refused one by one, which the account warns of.
  refusal: () => undefined,
  handshake,
  verify,
  parse,
  acknowledgement: { status: 200, body: '' },
  sender,
};
