import type { Contact } from '../event/event.ts';
import type { Person } from '../provider/provider.ts';

/**
 * A contact is the set of its ids. Some it goes by now; the ones that it has left stay with it, so that
 * what was under way when it changed them still finds it.
 */
export interface KnownContact extends Contact, Pick<Person, HiddenKind> {
  /** Ids that came together with these but are another contact's: told once, and left alone since. */
  readonly apart?: readonly string[];
}

type HiddenKind = 'parentUserId' | 'providerId';
type IdKind = 'phone' | 'userId' | HiddenKind;

/** The strongest first. The mark holds the kinds apart: phones begin with "+", user ids may be anything. */
const marks = [
  ['phone', ''],
  ['userId', 'u:'],
  ['parentUserId', 'p:'],
  ['providerId', 'i:'],
] as const satisfies readonly (readonly [IdKind, string])[];

/** So many ids of others are remembered of a contact. */
const apartLimit = 8;

/** What is known of an account's contacts: whose an id is. */
export type Owner = (alias: string) => KnownContact | undefined;

/** What came of a person who was told. */
export interface Identified {
  readonly contact: KnownContact;
  /** The aliases that are this contact's from now on: new ones, and ones that others have left. */
  readonly takes: readonly string[];
  /** The other contacts that hold some of the ids told; they keep them. */
  readonly conflicts: readonly KnownContact[];
}

interface Alias {
  readonly kind: IdKind;
  readonly alias: string;
  readonly owner: KnownContact | undefined;
}

export function aliasesOf(person: Person): string[] {
  return marks.flatMap(([kind, mark]) => {
    const id = person[kind];
    return id === undefined ? [] : [mark + id];
  });
}

/** Whether all that is told is known of the contact already, as with nearly every message. */
export function knows(contact: KnownContact, told: Person): boolean {
  return Object.entries(told).every(([key, value]) => contact[key as keyof Person] === value);
}

/** Whether a contact goes by every id told: then nothing is to be found out about it. */
export function goesBy(contact: KnownContact, told: Person): boolean {
  return marks.every(([kind, mark]) => {
    const id = told[kind];
    return id === undefined || id === contact[kind] || contact.apart?.includes(mark + id) === true;
  });
}

/** A contact of whom no new id was told, brought up to date with the rest. */
export function updated(contact: KnownContact, told: Person): KnownContact {
  return contact.apart ? withIds(contact, told, [], []) : { ...contact, ...told };
}

/** What of a contact an event tells. */
export function shown(known: KnownContact): Contact {
  const { parentUserId: _, providerId: __, apart: ___, ...contact } = known;
  return contact;
}

/**
 * Who the person is that a provider tells about. Ids that come together are linked, and known contacts
 * are never merged: where the ids are of two, the one of the stronger id is meant and the other one
 * keeps its own. An id that a contact has left is no proof against one that nobody has left: numbers
 * are given to others.
 */
export function identify(told: Person, ownerOf: Owner, newId: string): Identified {
  const aliases = lookUp(told, ownerOf);
  const known = meant(told, aliases);
  const contact = known ?? { id: newId };
  const free = aliases.filter((alias) => isFree(alias, told, contact));
  const takes = free.map(({ alias }) => alias);
  const foreign = aliases.filter(
    (found) => found.owner && found.owner.id !== contact.id && !takes.includes(found.alias),
  );
  return {
    contact: withIds(contact, told, free, foreign),
    takes,
    conflicts: ownersOf(foreign.filter(({ alias }) => !contact.apart?.includes(alias))),
  };
}

/**
 * A contact goes by other ids from now on. Where these are another contact's, both stay as they are;
 * where nobody has any of them, it is a new contact. Undefined = nothing comes of it.
 */
export function rename(
  previous: Person,
  next: Person,
  ownerOf: Owner,
  newId: string,
): Identified | undefined {
  const before = lookUp(previous, ownerOf);
  const after = lookUp(next, ownerOf);
  const contact = meant(previous, before);
  if (!contact) {
    const known = meant(next, after);
    return known ? former(before, known, next) : newcomer(before, after, next, newId);
  }
  const held = after.filter((found) => isHeldByOther(found, next, contact));
  if (held.length > 0) return { contact, takes: [], conflicts: ownersOf(held) };
  const takes = after.filter(({ owner }) => owner?.id !== contact.id);
  return {
    contact: withIds(contact, next, after, []),
    takes: takes.map(({ alias }) => alias),
    conflicts: [],
  };
}

/** The contact is known by its new ids already: what it was called before is nobody else's. */
function former(before: readonly Alias[], contact: KnownContact, next: Person): Identified {
  const unknown = before.filter(({ owner }) => !owner);
  return {
    contact: withIds(contact, next, [], []),
    takes: unknown.map(({ alias }) => alias),
    conflicts: [],
  };
}

/** A record may come before the first message, and is all that tells the name. It takes no id from anybody. */
function newcomer(
  before: readonly Alias[],
  after: readonly Alias[],
  next: Person,
  newId: string,
): Identified | undefined {
  const ids = [...before, ...after];
  const canBeWrittenTo = next.phone !== undefined || next.userId !== undefined;
  if (!canBeWrittenTo || ids.some(({ owner }) => owner)) return undefined;
  return {
    contact: withIds({ id: newId }, next, after, []),
    takes: [...new Set(ids.map(({ alias }) => alias))],
    conflicts: [],
  };
}

function lookUp(person: Person, ownerOf: Owner): Alias[] {
  return marks.flatMap(([kind, mark]) => {
    const id = person[kind];
    return id === undefined ? [] : [{ kind, alias: mark + id, owner: ownerOf(mark + id) }];
  });
}

function meant(told: Person, aliases: readonly Alias[]): KnownContact | undefined {
  const strong = aliases.filter(({ kind }) => kind === 'phone' || kind === 'userId');
  const current = strong.find(({ kind, owner }) => owner && owner[kind] === told[kind]);
  if (current) return current.owner;
  const [first] = strong;
  const isLate = strong.every(({ owner }) => owner?.id === first?.owner?.id);
  if (first?.owner && isLate) return first.owner;
  const weak = aliases.filter((alias) => !strong.includes(alias));
  return weak.find(({ owner }) => owner && !contradicts(owner, told))?.owner;
}

/** The ids above a user's own may turn out to be of many users: they prove nothing against those. */
function contradicts(known: KnownContact, told: Person): boolean {
  return (['phone', 'userId'] as const).some(
    (kind) => told[kind] !== undefined && known[kind] !== undefined && told[kind] !== known[kind],
  );
}

function isFree({ kind, owner }: Alias, told: Person, contact: KnownContact): boolean {
  return !owner || (owner.id !== contact.id && owner[kind] !== told[kind]);
}

function isHeldByOther({ kind, owner }: Alias, told: Person, contact: KnownContact): boolean {
  return owner !== undefined && owner.id !== contact.id && owner[kind] === told[kind];
}

function withIds(
  contact: KnownContact,
  told: Person,
  ids: readonly Alias[],
  foreign: readonly Alias[],
): KnownContact {
  const { phone: _, userId: __, parentUserId: ___, providerId: ____, ...about } = told;
  const own = Object.fromEntries(ids.map(({ kind }) => [kind, told[kind]]));
  const { apart: before = [], ...rest } = contact;
  const apart = new Set([...before, ...foreign.map(({ alias }) => alias)]);
  ids.forEach(({ alias }) => apart.delete(alias));
  return {
    ...rest,
    ...about,
    ...own,
    ...(apart.size === 0 ? {} : { apart: [...apart].slice(-apartLimit) }),
  };
}

function ownersOf(aliases: readonly Alias[]): KnownContact[] {
  const owners = new Map(aliases.map(({ owner }) => [owner?.id, owner]));
  return [...owners.values()].filter((owner) => owner !== undefined);
}
