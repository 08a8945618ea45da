import type { Finding } from '../condition/comparison.ts';
import { type DeclaredDefault, fillVariables } from '../condition/fill-variables.ts';
import { type Facts, pathOf } from '../condition/read.ts';
import type { Row } from '../condition/rule.ts';
import { tellsSensitive } from '../condition/sensitive.ts';
import type { StandardVariable } from '../event/standard-variables.ts';
import { ownAt } from '../template/own-path.ts';
import type { LogLack } from './log-settings.ts';
import type { Sample } from './log-types.ts';
import { hidden } from './mask.ts';

/** What a rule would have looked at when the event came. */
export function factsOfSample(sample: Sample, declared: readonly DeclaredDefault[]): Facts {
  const { event, msg, at } = sample;
  const variables = fillVariables(sample.variables, event, declared);
  return { event, msg, variables, now: new Date(at) };
}

/**
 * Whether a row can be judged by a sample: the log keeps no sensitive variable, nothing that its
 * settings hide, not every property of a message, and not all of what is long.
 */
export function isKept(
  row: Row,
  { actual }: Finding,
  { msg, masked }: Pick<Sample, 'msg' | 'masked'>,
  sensitive: ReadonlySet<string>,
): boolean {
  if (masked.includes('event') || tellsSensitive(row, sensitive)) return false;
  if (actual?.includes(hidden)) return false;
  const segments = segmentsOf(row);
  const [root = '', ...inner] = segments;
  if (root === '') return true;
  if (!Object.hasOwn(msg, root)) return false;
  if (root === 'variables') return isVariableKept(inner[0], actual, masked);
  if (root !== 'payload') return true;
  if (inner[0] === 'raw') return false;
  const value = ownAt(msg, segments);
  const isThere = value !== undefined && typeof value !== 'object';
  return isThere || !gonePlaces(masked).some((place) => touches(inner, place));
}

/** Where a row looks in the message; nowhere for one that asks a field of the event. */
function segmentsOf({ field, name = '', path = '' }: Row): readonly string[] {
  if (field === 'variable') return ['variables', name];
  return field === 'msg' ? (pathOf(path) ?? []) : [];
}

/** Standard variables that are empty where the text is hidden. */
const goneWithText: ReadonlySet<string> = new Set<StandardVariable>([
  'mediaurl',
  'filename',
  'latitude',
  'longitude',
]);

function isVariableKept(
  name: string | undefined,
  actual: string | null,
  masked: readonly LogLack[],
): boolean {
  if (name === undefined) return masked.length === 0;
  if (masked.includes('text') && goneWithText.has(name)) return false;
  return !(masked.includes('msg') && actual?.endsWith('…'));
}

/** The places of an event from which something is taken away without leaving a mark. */
function gonePlaces(masked: readonly LogLack[]): readonly (readonly string[])[] {
  return masked.flatMap((lack) => places[lack] ?? []);
}

const places: Partial<Readonly<Record<LogLack, readonly (readonly string[])[]>>> = {
  text: [
    ['message', 'location'],
    ['message', 'referral'],
    ['message', 'media'],
  ],
  variables: [['interaction', 'variables']],
  raw: [['raw']],
};

/** Whether a path ends at a place, within it or above it. */
function touches(path: readonly string[], place: readonly string[]): boolean {
  return place.every((segment, index) => index >= path.length || segment === path[index]);
}
