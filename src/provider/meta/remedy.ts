import type { Remedy } from '../sender.ts';

/** What can be done about Meta's error codes (Meta: support/error-codes; 2026). Others are a fault. */
const remedies: ReadonlyMap<number, Remedy> = new Map<number, Remedy>([
  ...every('retry', [1, 2, 4, 17, 32, 613, 80007, 80008, 130429]),
  ...every('retry', [131000, 131016, 131057, 133004]),
  ...every('contact', [131056]),
  ...every('window', [131047]),
  ...every('account', [0, 3, 10, 33, 102, 104, 190, 368, 2500, 130497]),
  ...every('account', [131005, 131031, 131037, 131042, 131045, 133000, 133006, 133010]),
]);

/** An object that is not there or not ours: the phone number id is wrong. */
const wrongObject = 33;

export function remedyOf(code: number, subcode: number | undefined, transient: boolean): Remedy {
  if (code === 100 && subcode === wrongObject) return 'account';
  if (code >= 200 && code <= 299) return 'account';
  return remedies.get(code) ?? (transient ? 'retry' : 'fault');
}

const wording: ReadonlyMap<number, string> = new Map([
  [0, 'The access token is wrong or has expired.'],
  [3, 'The access token may not be used for this: a permission is missing.'],
  [10, 'The access token may not be used for this: a permission is missing.'],
  [33, 'The business phone number was deleted.'],
  [102, 'The access token is wrong or has expired.'],
  [104, 'The access token is missing.'],
  [190, 'The access token is wrong or has expired.'],
  [368, 'The account is blocked for a violation of a policy.'],
  [2500, 'The access token is missing.'],
  [130429, 'The number sends more messages a second than it may.'],
  [131005, 'The access token may not be used for this: a permission is missing.'],
  [131021, 'A number cannot send to itself.'],
  [131026, 'The message cannot be delivered: the contact may have no WhatsApp or an old one.'],
  [131031, 'The account is locked.'],
  [131042, 'There is a problem with the payment of the account.'],
  [131047, 'The contact last wrote more than 24 hours ago: only a template may be sent.'],
  [131048, 'Too many messages of this number were blocked or marked as spam.'],
  [131049, 'It was not delivered, to keep the contact from too many business messages.'],
  [131050, 'The contact wants no marketing messages.'],
  [131056, 'Too many messages to this contact in a short time.'],
  [131062, 'A template of this category needs the phone number of the contact.'],
  [132001, 'There is no such template in this language, or it is not approved.'],
  [133010, 'The phone number is not registered.'],
]);

/** Our words for the codes that are met most; for others the provider's own have to do. */
export function wordsFor(code: number, subcode: number | undefined): string | undefined {
  if (code === 100 && subcode === wrongObject) {
    return 'The phone number id is wrong, or the access token may not be used for it.';
  }
  if (code >= 200 && code <= 299) return wording.get(10);
  return wording.get(code);
}

function every(remedy: Remedy, codes: readonly number[]): (readonly [number, Remedy])[] {
  return codes.map((code) => [code, remedy] as const);
}
