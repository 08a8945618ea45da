import { dialog360 } from './360dialog/360dialog.ts';
import { generic } from './generic/generic.ts';
import { kaleyra } from './kaleyra/kaleyra.ts';
import { meta } from './meta/meta.ts';
import type { Provider } from './provider.ts';
import { simulator } from './simulator/simulator.ts';
import { sinch } from './sinch/sinch.ts';
import { twilio } from './twilio/twilio.ts';

/** Every provider that an account may have, by its name and in the order in which people are asked. */
export const providers: ReadonlyMap<string, Provider> = new Map(
  [simulator, meta, dialog360, twilio, sinch, kaleyra, generic].map((provider) => [
    provider.name,
    provider,
  ]),
);
