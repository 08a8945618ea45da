import type { Contact, Message, WhatsAppEvent } from '../event/event.ts';
import type { Hide } from './cut.ts';
import type { LogLack, LogMask } from './log-settings.ts';

export const hidden = '•••';

/** An event as it may be written down. */
export interface MaskedEvent {
  readonly event: WhatsAppEvent;
  readonly masked: readonly LogLack[];
}

/** The variables that are never written down. */
export interface Sensitive {
  readonly names: ReadonlySet<string>;
  /** Declared ones: a flow uses them without setting anything. */
  readonly defaults: readonly string[];
}

export interface MaskOptions {
  readonly masks: readonly LogMask[];
  readonly sensitive: Sensitive;
}

/**
 * The event without its provider's object and without what the settings hide. The last digits of a
 * number stay: it is found by them, and says nothing alone.
 */
export function maskEvent(plain: WhatsAppEvent, { masks, sensitive }: MaskOptions): MaskedEvent {
  const { raw: _, ...event } = plain;
  const masked = new Set<LogLack>(plain.raw === undefined ? [] : ['raw']);
  let told: WhatsAppEvent = event;
  for (const mask of masks) {
    const changed = { ...told, ...maskers[mask](told) };
    if (JSON.stringify(changed) !== JSON.stringify(told)) masked.add(mask);
    told = changed;
  }
  const hide = hiderOf(plain, masks, []);
  if (hide) told = hideInTexts(told, hide);
  const variables = Object.entries(told.interaction.variables ?? {});
  const shared = variables.filter(([name]) => !sensitive.names.has(name));
  if (shared.length < variables.length) {
    masked.add('variables');
    told = {
      ...told,
      interaction: { ...told.interaction, variables: Object.fromEntries(shared) },
    };
  }
  return { event: told, masked: [...masked] };
}

/** All but the last four digits. */
export function maskPhone(phone: string): string {
  const tail = tailOf(phone);
  return phone.length > tail.length ? `${hidden}${tail}` : hidden;
}

export function tailOf(phone: string): string {
  return phone.replaceAll(/\D/g, '').slice(-4);
}

type Masker = (event: WhatsAppEvent) => Partial<WhatsAppEvent>;

const maskers: Readonly<Record<LogMask, Masker>> = {
  phone: ({ contact, message }) => ({
    contact: withoutNumbers(contact),
    ...(message?.contacts && {
      message: {
        ...message,
        contacts: message.contacts.map((one) => ({ ...one, phones: one.phones.map(maskPhone) })),
      },
    }),
  }),
  name: ({ contact, message }) => ({
    contact: {
      ...contact,
      ...(contact.name && { name: hidden }),
      ...(contact.username && { username: hidden }),
    },
    ...(message?.contacts && {
      message: { ...message, contacts: message.contacts.map((one) => ({ ...one, name: hidden })) },
    }),
  }),
  text: ({ message }) => (message ? { message: withoutWords(message) } : {}),
};

function withoutNumbers(contact: Contact): Contact {
  const { phone, userId } = contact;
  return {
    ...contact,
    ...(phone && { phone: maskPhone(phone) }),
    ...(userId && { userId: maskPhone(userId) }),
  };
}

function withoutWords(message: Message): Message {
  const { location: _location, referral: _referral, ...rest } = message;
  return {
    ...rest,
    text: rest.text && hidden,
    ...(rest.buttonId && { buttonId: hidden }),
    media: rest.media.map(({ type, mimeType }) => ({ type, ...(mimeType && { mimeType }) })),
  };
}

/** People write numbers and names everywhere: what the event was masked for is hidden there too. */
function hideInTexts(event: WhatsAppEvent, hide: Hide): WhatsAppEvent {
  const { contact, interaction, message, delivery } = event;
  const { variables } = interaction;
  return {
    ...event,
    contact: hideIn(contact, ['name', 'username'], hide),
    interaction: {
      ...hideIn(interaction, ['reason'], hide),
      ...(variables && { variables: hideIn(variables, Object.keys(variables), hide) }),
    },
    ...(message && { message: hideInMessage(message, hide) }),
    ...(delivery && { delivery: hideIn(delivery, ['errorText'], hide) }),
  };
}

function hideInMessage(message: Message, hide: Hide): Message {
  const { media, location, referral, contacts } = message;
  return {
    ...hideIn(message, ['text', 'buttonId', 'reason'], hide),
    media: media.map((one) => hideIn(one, ['caption', 'fileName', 'url'], hide)),
    ...(location && { location: hideIn(location, ['name', 'address'], hide) }),
    ...(referral && { referral: hideIn(referral, ['headline', 'body', 'sourceUrl'], hide) }),
    ...(contacts && { contacts: contacts.map((one) => hideIn(one, ['name'], hide)) }),
  };
}

function hideIn<Holder extends object>(
  holder: Holder,
  parts: readonly (keyof Holder)[],
  hide: Hide,
): Holder {
  const texts = parts.flatMap((part) => {
    const text = holder[part];
    return typeof text === 'string' ? [[part, hide(text)] as const] : [];
  });
  return { ...holder, ...Object.fromEntries(texts) };
}

/**
 * Hides in any other text what the event's own was masked for, and the values of sensitive variables:
 * a target may answer with what it was told.
 */
export function hiderOf(
  event: WhatsAppEvent | undefined,
  masks: readonly LogMask[],
  secrets: readonly string[],
): Hide | undefined {
  if (masks.length === 0 && secrets.length === 0) return undefined;
  const words = [...secrets, ...(event ? masks.flatMap((mask) => wordsOf[mask](event)) : [])];
  const longest = [...new Set(words.flatMap(spellings))].toSorted((a, b) => b.length - a.length);
  if (longest.length === 0) return undefined;
  return (text) =>
    longest.reduce((left, word) => {
      if (word.length >= leastInside) return left.replaceAll(word, hidden);
      return left === word ? hidden : left;
    }, text);
}

/** Shorter ones are hidden only where they are all of a text: they are parts of everything. */
const leastInside = 3;

type Word = string | undefined;

const wordsOf: Readonly<Record<LogMask, (event: WhatsAppEvent) => readonly Word[]>> = {
  phone: ({ contact: { phone, userId }, message }) => [
    ...[phone, ...(message?.contacts ?? []).flatMap(({ phones }) => phones)].flatMap(digitsToo),
    userId,
  ],
  name: ({ contact: { name, username }, message }) => [
    name,
    username,
    ...(message?.contacts ?? []).map((one) => one.name),
  ],
  text: ({ message }) => (message ? wordsOfMessage(message) : []),
};

function digitsToo(phone: Word): readonly Word[] {
  return [phone, phone?.replaceAll(/\D/g, '')];
}

/** All that is left out of a message whose text is. */
function wordsOfMessage({ text, media, buttonId, location, referral }: Message): readonly Word[] {
  return [
    text,
    ...media.flatMap(({ caption, fileName, url }) => [caption, fileName, url]),
    buttonId,
    location?.name,
    location?.address,
    ...(location ? [String(location.latitude), String(location.longitude)] : []),
    referral?.headline,
    referral?.body,
    referral?.sourceUrl,
  ];
}

/** As it stands in a text, in a URL, in a form and in JSON. */
function spellings(word: Word): readonly string[] {
  if (!word) return [];
  const encoded = encodeURIComponent(word.toWellFormed());
  return [word, encoded, encoded.replaceAll('%20', '+'), JSON.stringify(word).slice(1, -1)];
}
