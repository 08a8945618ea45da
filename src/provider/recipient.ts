import type { Person } from './provider.ts';
import type { Recipient } from './sender.ts';

/** The contact that a recipient is. A group is one of its own: those who are in it have theirs. */
export function personOf({ group, ...ids }: Recipient): Person {
  return group === undefined ? ids : { providerId: group };
}

/** Whether two are surely the same. */
export function isSame(one: Recipient, other: Recipient): boolean {
  const has = (id: 'phone' | 'userId'): boolean => one[id] !== undefined && one[id] === other[id];
  return has('phone') || has('userId');
}

/** What a person would call it by; undefined = it has no id at all. */
export function nameOf({ phone, userId, providerId, group }: Recipient): string | undefined {
  return phone ?? userId ?? providerId ?? group;
}
