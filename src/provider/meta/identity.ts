import type { Finding } from '../finding.ts';
import { compact, filled, type Json, object, unixTime } from '../read.ts';
import { type Change, cut } from './finding.ts';
import { identify, isKnown } from './people.ts';

const renamings: ReadonlySet<string> = new Set([
  'user_changed_number',
  'customer_changed_number',
  'user_changed_user_id',
]);

/**
 * A system message says that a contact goes by other ids from now on. It comes without `contacts`;
 * `from` is the old number, and with a new number comes a new user id too (Meta: messages/system).
 */
export function readSystem(message: Json, id: string, change: Change): Finding {
  const system = object(message['system']) ?? {};
  const type = filled(system['type']) ?? 'system';
  if (!renamings.has(type)) {
    const words = filled(system['body']) ?? `A system message of type "${type}" was passed over.`;
    return { accountId: change.accountId, about: cut(type, 60), text: cut(words) };
  }
  const userId = filled(system['user_id']);
  const before = filled(message['from_user_id']);
  const previous = identify({
    id: filled(message['from']) ?? filled(system['customer']),
    userId: filled(system['previous_user_id']) ?? (before === userId ? undefined : before),
    parentUserId: filled(system['previous_parent_user_id']),
  });
  const contact = identify({
    id: filled(system['wa_id']) ?? filled(system['new_wa_id']),
    userId,
    parentUserId: filled(system['parent_user_id']),
  });
  if (!isKnown(previous) || !isKnown(contact)) {
    return { reason: `System message ${id} does not say who goes by which id now.` };
  }
  return compact({
    kind: 'identity' as const,
    accountId: change.accountId,
    dedupeKey: `identity:${id}`,
    at: unixTime(message['timestamp']),
    raw: message,
    previous,
    contact,
  });
}

/** The same as some partners pass it on: a field of its own, without a message id. */
export function readUserIdUpdate(update: Json, change: Change): Finding {
  const ids = object(update['user_id']);
  const parents = object(update['parent_user_id']);
  const id = filled(update['wa_id']);
  const previous = identify({
    userId: filled(ids?.['previous']),
    parentUserId: filled(parents?.['previous']),
  });
  const contact = identify({
    id,
    userId: filled(ids?.['current']),
    parentUserId: filled(parents?.['current']),
  });
  if (!isKnown(previous) || !isKnown(contact)) {
    return { reason: 'A change of a user id does not say which id became which.' };
  }
  const when = filled(update['timestamp']) ?? '';
  return compact({
    kind: 'identity' as const,
    accountId: change.accountId,
    dedupeKey: `identity:${previous.userId}:${contact.userId ?? contact.phone}:${when}`,
    at: unixTime(update['timestamp']),
    raw: update,
    previous,
    contact,
  });
}
