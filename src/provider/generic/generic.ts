import type { Provider } from '../provider.ts';
import { numberOf, parse } from './parse.ts';
import { refusal, verify } from './verify.ts';

/** Any gateway that posts JSON or forms: the account's mapping says what is where in them. */
export const generic: Provider = {
  name: 'generic',
  contentTypes: ['application/json', 'application/x-www-form-urlencoded'],
  accountIdOf: numberOf,
  refusal,
  handshake: () => undefined,
  verify,
  parse,
  acknowledgement: { status: 200, body: '' },
};
