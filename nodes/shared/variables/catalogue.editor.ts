import { standardVariableNames } from '../../../src/event/standard-variables.ts';
import { isVariableName } from '../../../src/event/variable-name.ts';
import { asText } from '../../../src/template/own-path.ts';
import { isTemplateName } from '../../../src/template/template.ts';

export const groups = ['standard', 'custom', 'message'] as const;

/** A variable that may be named in a template, with what it is worth in a sample. */
export interface KnownVariable {
  readonly name: string;
  readonly group: (typeof groups)[number];
  /** Undefined: the sample has none. */
  readonly value: string | undefined;
  readonly sensitive: boolean;
  readonly description: string;
}

interface Custom {
  readonly name: string;
  readonly sensitive: boolean;
  readonly description: string;
}

export interface CatalogueSources {
  readonly custom: readonly Custom[];
  /** The whole message of the sample: `payload`, `variables`, and what else it carries. */
  readonly msg: Readonly<Record<string, unknown>>;
  readonly describe: (name: string) => string;
}

const eventParts = ['account', 'interaction', 'message', 'contact', 'agent', 'delivery'] as const;
const mostPaths = 80;
const deepest = 4;

/** Every variable that can be named, group by group. */
export function catalogueOf({ custom, msg, describe }: CatalogueSources): KnownVariable[] {
  const { payload, variables, ...rest } = msg;
  const values = isRecord(variables) ? variables : {};
  const standard = standardVariableNames.map((name) => {
    return known(name, 'standard', values[name], { description: describe(name) });
  });
  const names = new Set<string>([...standardVariableNames, ...custom.map(({ name }) => name)]);
  const others = Object.keys(values).filter((name) => isVariableName(name) && !names.has(name));
  const own = [...custom, ...others.map((name) => ({ name, sensitive: false, description: '' }))];
  const event = isRecord(payload) ? payload : {};
  const parts = Object.fromEntries(eventParts.map((part) => [part, event[part]]));
  const paths = [...leavesIn(parts), ...leavesIn(rest)];
  return [
    ...standard,
    ...unique(own).map((one) => known(one.name, 'custom', values[one.name], one)),
    ...paths.slice(0, mostPaths).map(([path, value]) => known(path, 'message', value)),
  ];
}

/** Those whose name holds what was typed, those that begin with it first; the case does not matter. */
export function matching(all: readonly KnownVariable[], query: string): KnownVariable[] {
  const wanted = query.trim().toLowerCase();
  const found = all.filter(({ name }) => name.toLowerCase().includes(wanted));
  if (found.length > 0 || wanted === '') {
    const isFirst = ({ name }: KnownVariable) => name.toLowerCase().startsWith(wanted);
    return [...found.filter(isFirst), ...found.filter((one) => !isFirst(one))];
  }
  const near = nearest(
    all.map(({ name }) => name),
    query,
  );
  return all.filter(({ name }) => name === near);
}

/** The one that was probably meant: at most a third of its letters differ. */
export function nearest(names: readonly string[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of names) {
    const most = Math.max(1, Math.floor(Math.min(candidate.length, wanted.length) / 3));
    const distance = distanceOf(candidate.toLowerCase(), wanted, most);
    if (distance <= most && distance < (best?.distance ?? Infinity)) {
      best = { name: candidate, distance };
    }
  }
  return best?.name ?? onlyOneBeginning(names, wanted);
}

function onlyOneBeginning(names: readonly string[], wanted: string): string | undefined {
  if (wanted.length < 3) return undefined;
  const [first, ...others] = names.filter((name) => name.toLowerCase().startsWith(wanted));
  return others.length === 0 ? first : undefined;
}

/** The flat names of a template that nothing is known of; paths may lead into any message. */
export function unknownNames(names: readonly string[], all: readonly KnownVariable[]): string[] {
  const flat = new Set(all.map(({ name }) => name));
  const parts = new Set<string>(eventParts);
  return names.filter((name) => {
    if (flat.has(name)) return false;
    const [root = '', ...path] = name.split('.');
    return path.length === 0 || (parts.has(root) && isTypo(name, all));
  });
}

/** The optional parts of an event are not in every sample: only what is nearly right is a slip. */
function isTypo(path: string, all: readonly KnownVariable[]): boolean {
  const paths = all.filter(({ group }) => group === 'message').map(({ name }) => name);
  return nearest(paths, path) !== undefined;
}

/** Levenshtein, but two letters in the wrong order count once; given up beyond `most`. */
function distanceOf(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (row[j - 1] ?? 0) + 1,
        (last[j] ?? 0) + 1,
        (last[j - 1] ?? 0) + cost,
        swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

function known(
  name: string,
  group: KnownVariable['group'],
  value: unknown,
  more: Partial<Custom> = {},
): KnownVariable {
  const { sensitive = false, description = '' } = more;
  return { name, group, value: asText(value), sensitive, description };
}

/** Every path to something that has a text, as a template would write it. */
function leavesIn(holder: object, prefix = '', depth = 1): [path: string, value: unknown][] {
  return Object.entries(holder).flatMap(([key, value]: [string, unknown]) => {
    const path = prefix + key;
    // A dot within a key would be taken for the end of it.
    if (value === undefined || key.includes('.') || !isTemplateName(path)) return [];
    if (typeof value !== 'object' || value === null) return [[path, value]];
    return depth < deepest ? leavesIn(value, `${path}.`, depth + 1) : [];
  });
}

function unique(list: readonly Custom[]): Custom[] {
  return [...new Map(list.toReversed().map((one) => [one.name, one])).values()].toReversed();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
