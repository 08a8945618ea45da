import type { Notice, Parsed, Problem, ProviderFact } from '../provider.ts';
import { type Json, object } from '../read.ts';
import type { People } from './people.ts';

/** What one object of a webhook turns out to be. */
export type Finding = ProviderFact | Problem | Notice;

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
  const facts: ProviderFact[] = [];
  const problems: Problem[] = [];
  const notices = new Map<string, Notice>();
  for (const finding of findings) {
    if ('kind' in finding) facts.push(finding);
    else if ('about' in finding) notices.set(JSON.stringify(finding), finding);
    else problems.push(finding);
  }
  return { facts, problems, notices: [...notices.values()] };
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
