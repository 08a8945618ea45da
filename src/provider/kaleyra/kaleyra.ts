import { phone } from '../phone.ts';
import type { Provider } from '../provider.ts';
import { carriesSecret, guessable } from '../webhook-secret.ts';
import { parse } from './parse.ts';
import { sender } from './sender.ts';

/**
 * Kaleyra (developers.kaleyra.io, WhatsApp callback profiles and messages API v1; 2026). It signs
 * nothing: a long path, or a secret that a callback profile sends along, is all the proof there is.
 */
export const kaleyra: Provider = {
  name: 'kaleyra',
  contentTypes: ['application/json', 'application/x-www-form-urlencoded'],
  takesGet: true,
  accountIdOf: (typed) => phone(typed) ?? typed,
  refusal: guessable,
  handshake: () => undefined,
  verify: (request, { webhookSecret }, crypto) =>
    webhookSecret === '' || carriesSecret(request, webhookSecret, crypto),
  parse,
  acknowledgement: { status: 200, body: '' },
  sender,
};
