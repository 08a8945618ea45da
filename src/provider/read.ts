/**
 * Readers for JSON that came from outside: each takes a value of any shape and answers the wanted
 * type or undefined. Nothing here walks a prototype or throws.
 */
export type Json = Readonly<Record<string, unknown>>;

export function object(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : undefined;
}

/** The objects of an array; anything else in it is passed over. */
export function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter((entry) => object(entry) !== undefined) : [];
}

/** A string without NUL and lone surrogates (neither survives storage or a URL); numbers count as text. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  return value.replaceAll('\0', '').toWellFormed();
}

/** Like `text`, but an empty string counts as absent. */
export function filled(value: unknown): string | undefined {
  return text(value) || undefined;
}

export function number(value: unknown): number | undefined {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

/** ISO 8601 of a Unix time in seconds, within the years 2000 to 2999. */
export function unixTime(value: unknown): string | undefined {
  const seconds = number(value);
  if (seconds === undefined || seconds < 946_684_800 || seconds > 32_503_679_999) return undefined;
  return new Date(seconds * 1000).toISOString();
}

/** Drops the properties that have no value, so that optional ones are absent and not undefined. */
export function compact<T extends object>(
  value: T,
): { [K in keyof T]: undefined extends T[K] ? never : T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
} {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const part = value[key as keyof T];
    if (part !== undefined) kept[key] = part;
  }
  return kept as never;
}
