import type { Notice } from '../provider.ts';
import { compact, filled, type Json, object, objects, text } from '../read.ts';
import { failure } from './delivery.ts';
import { type Change, cut } from './finding.ts';

/**
 * History, standby, contact lists and everything about the account: nothing for a flow, but an operator
 * may want to see it. Fields that Meta adds tomorrow come here too.
 */
export function passiveNotice(field: string, value: Json, accountId: string | undefined): Notice {
  const words = wording.get(field)?.(value) ?? summary(value);
  return compact({
    accountId,
    about: cut(field, 60) || 'unknown',
    text: cut(words),
  });
}

/** An error that belongs to no message: of the account or of the app. */
export function readError(error: Json, { accountId }: Change): Notice {
  const { errorCode, errorText } = failure(error);
  const words = [errorText, errorCode === undefined ? undefined : `(${errorCode})`];
  const told = words.filter((word) => word !== undefined).join(' ');
  return { accountId, about: 'errors', text: cut(told) || 'An error without words.' };
}

const wording: ReadonlyMap<string, (value: Json) => string> = new Map([
  ['history', history],
  ['standby', standby],
  ['smb_app_state_sync', contactList],
]);

/** The conversations of up to six months before the number was connected: never live. */
function history(value: Json): string {
  const chunks = objects(value['history']);
  const refused = chunks.flatMap((chunk) => objects(chunk['errors'])).map(failure)[0];
  if (refused) return refused.errorText ?? 'The history was not shared.';
  const threads = chunks.flatMap((chunk) => objects(chunk['threads']));
  const messages = [...threads, value].reduce((n, thread) => n + length(thread['messages']), 0);
  const progress = filled(object(chunks.at(-1)?.['metadata'])?.['progress']);
  const done = progress === undefined ? '' : ` (${cut(progress, 8)} % of it sent)`;
  return `History was passed over: ${messages} messages${done}.`;
}

/** What another sender on our number, such as Meta's own agent, does in a conversation. */
function standby(value: Json): string {
  const heard = object(value['standby']) ?? value;
  const counts = ['messages', 'message_echoes', 'statuses']
    .map((name) => [length(heard[name]), name.replace('_', ' ')] as const)
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}`);
  return `Another sender has the conversation; passed over: ${counts.join(', ') || 'nothing known'}.`;
}

function contactList(value: Json): string {
  return `${length(value['state_sync'])} contacts of the app's list were passed over.`;
}

function length(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

const covered: ReadonlySet<string> = new Set(['messaging_product', 'metadata']);

/** The plain values of an object and of the objects right inside it: "event: DISABLED, …". */
function summary(value: Json): string {
  const told: string[] = [];
  for (const [key, entry] of Object.entries(value)) {
    if (covered.has(key)) continue;
    const inner = object(entry);
    if (!inner) told.push(...pair(key, entry));
    else
      for (const [name, part] of Object.entries(inner)) told.push(...pair(`${key}.${name}`, part));
    if (told.length >= 12) break;
  }
  return told.join(', ') || 'Nothing that is known.';
}

function pair(name: string, value: unknown): string[] {
  const told = typeof value === 'boolean' ? String(value) : filled(value);
  return told === undefined ? [] : [`${cut(text(name) ?? '', 60)}: ${cut(told, 120)}`];
}
