import type { Media, Message } from '../../event/event.ts';
import { type Finding, sorted } from '../finding.ts';
import { fingerprint } from '../fingerprint.ts';
import type { MappedProperty, Mapping } from '../mapping.ts';
import { phone } from '../phone.ts';
import type { Notice, Parsed, ParseSetting, Person, Problem, WebhookRequest } from '../provider.ts';
import { readTime } from '../read-time.ts';
import { compact, number, object } from '../read.ts';
import { readPlaces, textAt, valuesAt } from './places.ts';
import { statusOf } from './read-mapping.ts';
import { rootOf } from './root.ts';

/** What an entry says of a property; an empty text is nothing. */
export type Look = (property: MappedProperty) => string | undefined;

/** Reads any JSON or form as the account's mapping says. Never throws. */
export function parse(request: WebhookRequest, { mapping }: ParseSetting): Parsed {
  if (!mapping) return sorted([{ reason: 'The account has no mapping.' }]);
  const root = rootOf(request.body, request.headers['content-type'] ?? '');
  return sorted(typeof root === 'string' ? [{ reason: root }] : read(root.value, mapping));
}

/** The events of a request that has been taken apart. */
function read(root: unknown, mapping: Mapping): readonly Finding[] {
  const entries = entriesOf(root, mapping.each);
  if (entries.length === 0) return [{ reason: `There is nothing at "${mapping.each}".` }];
  const lookIn = lookingBy(mapping, root);
  return entries.map((entry) =>
    object(entry) ? readEntry(lookIn(entry), entry, mapping) : { reason: 'An event is no object.' },
  );
}

/** What each entry of the request is; a request that is a list itself holds one event an entry. */
export function entriesOf(root: unknown, each: string): readonly unknown[] {
  const values = each === '' ? [root] : valuesAt(readPlaces(each) ?? [], root);
  return values.flat();
}

/** Takes the mapping's paths apart once for all entries. */
export function lookingBy(mapping: Mapping, root: unknown): (entry: unknown) => Look {
  const finders = new Map(
    Object.entries(mapping.paths).map(([property, path]) => [
      property,
      textAt(readPlaces(path) ?? [], root),
    ]),
  );
  return (entry) => (property) => finders.get(property)?.(entry);
}

function readEntry(look: Look, entry: unknown, mapping: Mapping): Finding {
  const word = look('status');
  const status = statusOf(mapping, word);
  const id = look('id');
  const contact = readPerson(look);
  const base = { accountId: numberOf(look('account') ?? ''), at: readTime(look('at')), raw: entry };
  if (status !== undefined) {
    const messageId = look('messageId') ?? id;
    if (messageId === undefined) return { reason: `The status "${word}" names no message.` };
    const delivery = compact({
      status,
      errorCode: look('errorCode'),
      errorText: look('errorText'),
    });
    const dedupeKey = `status:${messageId}:${status}`;
    return compact({ kind: 'delivery' as const, ...base, dedupeKey, contact, messageId, delivery });
  }
  const content = readContent(look);
  if (content === undefined) return nothing(word, base.accountId);
  if (contact.phone === undefined && contact.userId === undefined) {
    return { reason: 'A message names no contact.' };
  }
  if (id === undefined && base.at === undefined) {
    return { reason: 'A message has neither an id nor a time.' };
  }
  const key = id ?? fingerprint(JSON.stringify([base.at, contact, content]));
  const verb = mapping.outgoing.includes(look('direction') ?? '') ? 'outgoing' : 'incoming';
  const message = { id: key, verb, ...content } as const;
  return compact({
    kind: 'message' as const,
    ...base,
    dedupeKey: `message:${key}`,
    contact,
    message,
  });
}

/** Our number however it is written; an id of another kind as it is. */
export function numberOf(account: string): string {
  return phone(account) ?? account;
}

/** A status without a meaning is nothing to worry about; an entry in which nothing was found is. */
function nothing(word: string | undefined, accountId: string): Notice | Problem {
  if (word === undefined) return { reason: 'The mapping finds no message and no status in it.' };
  const text = `The status "${word}" has no meaning in the mapping.`;
  return { accountId, about: 'status', text };
}

/** What is no phone number where one is expected is the provider's own id, and stays whole. */
function readPerson(look: Look): Person {
  const given = look('phone');
  const known = phone(given);
  return compact({
    phone: known,
    userId: look('userId') ?? (known === undefined ? given : undefined),
    username: look('username')?.replace(/^@/, ''),
    name: look('name'),
  });
}

/** Undefined when the paths find nothing that would make a message. */
function readContent(look: Look): Omit<Message, 'id' | 'verb'> | undefined {
  const [latitude, longitude] = [number(look('latitude')), number(look('longitude'))];
  const location =
    latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
  const media = readMedia(look);
  const written = look('text');
  const buttonId = look('buttonId');
  const told = look('type');
  if ([told, written, buttonId, location, media].every((part) => part === undefined)) {
    return undefined;
  }
  const guessed = media?.type ?? (location ? 'location' : buttonId ? 'button' : 'text');
  return compact({
    type: told ?? guessed,
    text: written ?? media?.caption ?? '',
    media: media ? [media] : [],
    replyTo: look('replyTo'),
    buttonId,
    location,
  });
}

function readMedia(look: Look): Media | undefined {
  const [id, url, mimeType] = [look('mediaId'), look('mediaUrl'), look('mimeType')];
  if (id === undefined && url === undefined) return undefined;
  const kind = /^(image|video|audio)\//.exec(mimeType ?? '')?.[1] ?? 'document';
  return compact({
    type: look('type') ?? kind,
    id,
    url,
    mimeType,
    fileName: look('fileName'),
    caption: look('caption'),
  });
}
