import type { Provider } from '../provider.ts';
import { meta } from '../meta/meta.ts';
import { sender } from './sender.ts';

/** The simulator speaks Meta's protocol, so that its messages take the same way as a provider's. */
export const simulator: Provider = {
  ...meta,
  name: 'simulator',
  refusal: () => undefined,
  sender,
};
