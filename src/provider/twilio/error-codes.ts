import type { Remedy } from '../sender.ts';

/**
 * Twilio's codes that ask for something else than a correction of the message, or that come without
 * words (a status callback has the bare code). Twilio: api/errors; the meanings in our own words.
 */
const codes: Readonly<Record<string, readonly [Remedy, string]>> = {
  14107: ['retry', 'Too many messages at once.'],
  20003: ['account', 'Twilio does not accept the Account SID with this Auth Token.'],
  20005: ['account', 'The Twilio account is not active.'],
  20006: ['account', 'The Twilio account may not do this.'],
  20008: ['account', 'These are test credentials, which cannot send.'],
  20403: ['account', 'The Twilio account may not do this.'],
  20404: ['account', 'Twilio knows no such account.'],
  20429: ['retry', 'Too many requests at once.'],
  20503: ['retry', 'Twilio is not available at the moment.'],
  21212: ['account', 'The sender is no number of the Twilio account.'],
  21408: ['account', 'The Twilio account may not send to this region.'],
  21603: ['account', 'The sender is missing.'],
  21606: ['account', 'The sender cannot send messages.'],
  21608: ['fault', 'A trial account can only send to numbers that it has verified.'],
  21609: ['account', 'The public URL of the account is not one that Twilio can call back.'],
  21610: ['fault', 'The contact has asked to get no more messages.'],
  21611: ['retry', 'Too many messages of this sender are waiting at Twilio.'],
  21612: ['fault', 'The contact cannot be reached from this sender.'],
  21617: ['fault', 'The text is longer than 1,600 characters.'],
  21620: ['fault', 'The URL of the media file is not valid.'],
  21655: ['fault', 'There is no template with this Content SID.'],
  21656: ['fault', 'The parameters do not fit the template.'],
  21660: ['account', 'The sender belongs to another Twilio account.'],
  21910: ['account', 'The sender is no WhatsApp sender.'],
  30001: ['retry', 'Too many messages are waiting at Twilio.'],
  30002: ['account', 'The Twilio account is suspended.'],
  63001: ['account', 'WhatsApp does not let this sender in.'],
  63002: ['account', 'WhatsApp does not know this sender.'],
  63003: ['fault', 'WhatsApp does not know this contact.'],
  63005: ['fault', 'WhatsApp does not accept this content.'],
  63007: ['account', 'The sender is no WhatsApp sender of the Twilio account.'],
  63008: ['account', 'The WhatsApp sender is not set up completely at Twilio.'],
  63013: ['fault', 'The message breaks a rule of WhatsApp.'],
  63014: ['fault', 'The contact has blocked this sender.'],
  63015: ['fault', 'The contact has not joined the sandbox.'],
  63016: ['window', 'More than 24 hours since the last message of the contact: send a template.'],
  63017: ['retry', 'Too many messages at once.'],
  63018: ['retry', 'More messages at once than WhatsApp allows this sender.'],
  63019: ['fault', 'The media file could not be fetched from its URL.'],
  63020: ['account', 'The business account at Meta has a problem.'],
  63021: ['fault', 'The content does not fit WhatsApp: its kind, its length or its file type.'],
  63022: ['account', 'The name of the WhatsApp sender is not verified.'],
  63024: ['fault', 'The contact is not on WhatsApp or cannot be reached there.'],
  63026: ['account', 'WhatsApp has marked messages of this sender as spam.'],
  63027: ['fault', 'The template does not exist in this language.'],
  63028: ['fault', 'The template has another number of parameters.'],
  63030: ['fault', 'The message has a parameter that this kind of message does not have.'],
  63031: ['fault', 'The sender and the contact are the same number.'],
  63032: ['fault', 'WhatsApp does not deliver this message to this contact at present.'],
  63033: ['fault', 'WhatsApp lets this contact get no messages.'],
  63038: ['account', 'The Twilio account has used up its messages of the day.'],
  63041: ['fault', 'WhatsApp has paused the template.'],
  63049: ['fault', 'Meta chose not to deliver this marketing message.'],
  63112: ['account', 'Meta has disabled the business account.'],
  90010: ['account', 'The Twilio account is not active.'],
};

const known = new Map(Object.entries(codes));

export function explain(code: string | undefined): string | undefined {
  return known.get(code ?? '')?.[1];
}

export function remedyFor(code: string | undefined): Remedy | undefined {
  return known.get(code ?? '')?.[0];
}
