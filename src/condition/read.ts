import type { WhatsAppEvent } from '../event/event.ts';
import { standardVariableNames } from '../event/standard-variables.ts';
import { asText, ownAt, parsePath } from '../template/own-path.ts';
import type { Row } from './rule.ts';

/** What a rule is evaluated on. */
export interface Facts {
  /** The payload of the message where it is an event. */
  readonly event: WhatsAppEvent | undefined;
  readonly msg: object;
  /** `msg.variables`, declared defaults included. */
  readonly variables: object;
  readonly now: Date;
}

/** Reads a field's texts, any of which may be what is wanted; none when the field is absent. */
export type Read = (facts: Facts) => readonly string[];

/** The segments of a `msg` row's path; people write it with and without "msg." in front. */
export function pathOf(path: string): readonly string[] | undefined {
  const segments = parsePath(path);
  return segments?.[0] === 'msg' && segments.length > 1 ? segments.slice(1) : segments;
}

/** From the event; where it has an empty text, it has nothing to say. */
export function ofEvent(read: (event: WhatsAppEvent) => readonly unknown[]): (row: Row) => Read {
  return () => (facts) =>
    facts.event ? textsOf(read(facts.event)).filter((text) => text !== '') : [];
}

const standardNames: ReadonlySet<string> = new Set(standardVariableNames);

/** From the variables: a standard variable is empty where its event has no value for it; a custom one is what it was set to. */
export function ofVariable({ name = '' }: Row): Read {
  const mayBeEmpty = !standardNames.has(name);
  return ({ variables }) =>
    textsOf([ownAt(variables, [name])]).filter((text) => mayBeEmpty || text !== '');
}

/** From the message's own properties. */
export function ofMessage({ path = '' }: Row): Read {
  const segments = pathOf(path) ?? [];
  return ({ msg }) => textsOf([ownAt(msg, segments)]);
}

/** What is there but has no text, such as an object with a cycle, is present and empty. */
function textsOf(values: readonly unknown[]): readonly string[] {
  return values
    .filter((value) => value !== undefined && value !== null)
    .map((value) => asText(value) ?? '');
}
