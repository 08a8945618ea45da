import { phone } from '../phone.ts';
import type { Person } from '../provider.ts';
import { compact, filled, type Json, object, objects } from '../read.ts';

/** The contacts of a change by each of their ids. */
export type People = ReadonlyMap<string, Person>;

export interface Ids {
  /** Where a phone number is expected; a partner may put a user id there. */
  readonly id?: string | undefined;
  readonly userId?: string | undefined;
  readonly parentUserId?: string | undefined;
}

/** `contacts` belongs to the messages by wa_id or user_id, never by position. */
export function readPeople(value: Json): People {
  const people = new Map<string, Person>();
  for (const contact of objects(value['contacts'])) {
    const profile = object(contact['profile']);
    const id = filled(contact['wa_id']);
    const told = identify({
      id,
      userId: filled(contact['user_id']),
      parentUserId: filled(contact['parent_user_id']),
    });
    const person = compact({
      ...told,
      username: filled(profile?.['username'])?.replace(/^@/, ''),
      name: filled(profile?.['name']),
    });
    for (const key of [id, person.userId]) if (key !== undefined) people.set(key, person);
  }
  return people;
}

/** Whoever has these ids, with what the change tells about them. */
export function personOf(ids: Ids, people: People): Person {
  const known = people.get(ids.id ?? '') ?? people.get(ids.userId ?? '');
  return { ...known, ...identify(ids) };
}

/**
 * A user id may stand where a phone number is expected: it is one only when it looks like one, and
 * is never stripped to its digits.
 */
export function identify({ id, userId, parentUserId }: Ids): Person {
  const number = phone(id);
  return compact({
    phone: number,
    userId: userId ?? (number === undefined ? id : undefined),
    parentUserId,
  });
}

/** Whether anything identifies this person. */
export function isKnown(person: Person): boolean {
  return person.phone !== undefined || person.userId !== undefined;
}
