import { parsePath } from '../../template/own-path.ts';
import { filled } from '../read.ts';

/** One place in a request, from its root or from the event's own entry. */
interface Place {
  /** The path as written: a form's field may be named just so, dots and all. */
  readonly name: string;
  readonly fromRoot: boolean;
  readonly segments: readonly string[];
}

/** The alternatives of a mapping's path, or undefined when one of them is no path. */
export type Places = readonly Place[];

export function readPlaces(path: string): Places | undefined {
  const places: Place[] = [];
  for (const name of path.split(/(?<=\s)\|(?=\s)/).map((part) => part.trim())) {
    const segments = parsePath(name);
    if (!segments) return undefined;
    const fromRoot = segments[0] === '$' && segments.length > 1;
    places.push({ name, fromRoot, segments: fromRoot ? segments.slice(1) : segments });
  }
  return places;
}

/** Everything that lies at the places, those of the first first. */
export function valuesAt(places: Places, root: unknown): unknown[] {
  return places.flatMap((place) => at(place, root));
}

/**
 * Finds the first scalar that is not empty, as a text, for one entry after the other. What is looked up
 * from the root is looked up once: a batch would else be walked through for each of its entries.
 */
export function textAt(places: Places, root: unknown): (entry: unknown) => string | undefined {
  const finders = places.map((place) => {
    if (!place.fromRoot) return (entry: unknown) => firstText(at(place, entry));
    const found = firstText(at(place, root));
    return () => found;
  });
  return (entry) => {
    for (const find of finders) {
      const found = find(entry);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function at({ name, segments }: Place, start: unknown): unknown[] {
  const named = inside([start], name);
  return named.length > 0 ? named : segments.reduce(inside, [start]);
}

function firstText(values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const found = typeof value === 'boolean' ? String(value) : filled(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Own properties only: what a request names "constructor" is a name like any other. */
function inside(values: readonly unknown[], segment: string): unknown[] {
  return values.flatMap((value) => {
    if (typeof value !== 'object' || value === null) return [];
    if (segment === '*') return Object.values(value) as unknown[];
    return Object.hasOwn(value, segment) ? [(value as Record<string, unknown>)[segment]] : [];
  });
}
