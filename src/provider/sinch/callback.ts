import { phone } from '../phone.ts';
import type { Person, ProviderFact } from '../provider.ts';
import { compact, filled, type Json, object } from '../read.ts';

/** What stands around an event, the same for all kinds. */
export interface Callback {
  readonly accountId: string;
  readonly at?: string;
  readonly raw: Json;
}

/** What an event comes to. */
export type Read = ProviderFact | { readonly notice: string } | { readonly problem: string };

/** What a notice says of an event that says nothing of itself. */
export const notRead = 'Not read: no flow is told.';

/** One app spans channels: what did not come by WhatsApp belongs to nobody here. */
export function otherChannel(channel: string | undefined): Read | undefined {
  if (channel === undefined) return { problem: 'The callback names no channel.' };
  return channel === 'WHATSAPP' ? undefined : { notice: `Not of WhatsApp but of ${channel}.` };
}

export function channelOf(part: Json): string | undefined {
  return filled(object(part['channel_identity'])?.['channel']);
}

/**
 * The identity is a phone number without "+", or a business-scoped user id. `contact_id` is there in
 * conversation mode only; a stopped conversation names its contact by nothing else.
 */
export function person(part: Json): Person | undefined {
  const identity = filled(object(part['channel_identity'])?.['identity']);
  if (identity === undefined) return undefined;
  const number = phone(identity);
  return compact({
    phone: number,
    userId: number === undefined ? identity : undefined,
    providerId: filled(part['contact_id']),
  });
}
