import { type Finding, sorted } from '../finding.ts';
import type { Parsed } from '../provider.ts';
import { type Json, object } from '../read.ts';
import type { People } from './people.ts';

/** One change of a webhook: `field` says what kind of thing `value` tells. */
export interface Change {
  readonly field: string;
  readonly value: Json;
  /** The phone number id of our number. */
  readonly accountId: string;
  readonly people: People;
}

/** Sorts what was found; the same notice is told once for a request, however many objects it is about. */
export function sortFindings(findings: readonly Finding[]): Parsed {
  const { notices, ...found } = sorted(findings);
  const once = new Map(notices.map((notice) => [JSON.stringify(notice), notice]));
  return { ...found, notices: [...once.values()] };
}

/** A provider's words, cut to a length without tearing a character apart. */
export function cut(words: string, longest = 500): string {
  return words.slice(0, longest).toWellFormed();
}

/** Reads every object of a list in a change; what should be one and is not, is a problem. */
export function readList(
  value: Json,
  name: string,
  read: (entry: Json) => Finding | readonly Finding[],
): Finding[] {
  const list = value[name];
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) return [{ reason: `The "${name}" of a change are no list.` }];
  return list.flatMap((entry: unknown) => {
    const found = object(entry);
    return found ? read(found) : { reason: `One of the "${name}" of a change is no object.` };
  });
}
