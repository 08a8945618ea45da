import * as v from 'valibot';
import { TriggerError } from '../../src/errors.ts';
import { migrated, refuseLater, type Saved } from './migrations.ts';

/** The kinds of properties that flows hold: a missing one takes its default, a number may be a string. */

export const words = (fallback = '') =>
  v.nullish(
    v.pipe(
      v.union([v.string(), v.number()], 'must be text'),
      v.transform((value) => String(value)),
    ),
    fallback,
  );

export const flag = (fallback: boolean) =>
  v.nullish(
    v.pipe(
      v.union([v.boolean(), v.picklist(['true', 'false'])], 'must be true or false'),
      v.transform((value) => value === true || value === 'true'),
    ),
    fallback,
  );

/** An emptied field of a form is a missing one. */
const orMissing = <const Schema extends v.GenericSchema>(
  schema: Schema,
  fallback: v.InferInput<Schema>,
) =>
  v.nullish(
    v.pipe(
      v.unknown(),
      v.transform((value) => (isBlank(value) ? fallback : value)),
      schema,
    ),
    fallback,
  );

const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

const numeric = v.pipe(
  v.union([v.number(), v.string()], 'must be a number'),
  v.transform(Number),
  v.number('must be a number'),
);

export const whole = (fallback: number, least: number, most: number) =>
  orMissing(
    v.pipe(
      numeric,
      v.integer('must be a whole number'),
      v.minValue(least, `must be at least ${least}`),
      v.maxValue(most, `must be at most ${most}`),
    ),
    fallback,
  );

const maxSeconds = 3600;

/** A time-out in seconds, also a part of one. */
export const seconds = (fallback: number) =>
  orMissing(
    v.pipe(
      numeric,
      v.check(
        (value) => value > 0 && value <= maxSeconds,
        `must be a number of seconds up to ${maxSeconds}`,
      ),
    ),
    fallback,
  );

const maxHours = 8760;

/** A time in hours, also a part of one; 0 is none. */
export const hours = (fallback: number) =>
  orMissing(
    v.pipe(
      numeric,
      v.check(
        (value) => value >= 0 && value <= maxHours,
        `must be a number of hours up to ${maxHours}`,
      ),
    ),
    fallback,
  );

export const choice = <const Options extends readonly string[]>(
  options: Options,
  fallback: Options[number],
) => orMissing(v.picklist(options, `must be one of ${options.join(', ')}`), fallback);

export const list = <const Item extends v.GenericSchema>(item: Item) =>
  orMissing(v.array(item, 'must be a list'), []);

/**
 * The properties of a node, checked, also where an older version has saved them; a wrong one is
 * E_CONFIG with its name and what is wrong with it.
 */
export function readConfig<const Schema extends v.GenericSchema>(
  schema: Schema,
  config: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, isSaved(config) ? upToDate(config) : config);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new TriggerError('E_CONFIG', `Property "${v.getDotPath(issue) ?? '?'}" ${issue.message}.`);
}

function isSaved(config: unknown): config is Saved {
  return typeof config === 'object' && config !== null;
}

function upToDate(saved: Saved): Saved {
  refuseLater(saved);
  return migrated(saved);
}
