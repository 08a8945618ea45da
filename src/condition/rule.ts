/** A condition of a trigger, as the form saves it and as people write it by hand. */
export interface Row {
  readonly field: string;
  readonly operator: string;
  readonly value?: unknown;
  /** Which variable, for the field `variable`. */
  readonly name?: string;
  /** Which property of the message, for the field `msg`. */
  readonly path?: string;
  /** The row is not met when the field is absent, whatever its operator says. */
  readonly ifPresent?: boolean;
  readonly ignoreCase?: boolean;
}

export const listNames = ['all', 'any'] as const;
export type ListName = (typeof listNames)[number];

/** Met when every row of `all` is met and, unless `any` is empty, some row of `any`. */
export interface Rule {
  readonly all: readonly Row[];
  readonly any: readonly Row[];
}

/** The lists as they lie in a flow file, where anything may stand. */
export type SavedRule = Readonly<Partial<Record<ListName, unknown>>>;

/**
 * Reads the two lists. What is no row stays as a row without field and operator, so that it is
 * refused: dropping it would make the rule fire more often than its author wanted.
 */
export function readRule(saved: SavedRule): Rule {
  return { all: readRows(saved.all), any: readRows(saved.any) };
}

function readRows(saved: unknown): readonly Row[] {
  if (saved === undefined || saved === null || saved === '') return [];
  return Array.isArray(saved) ? saved.map(readRow) : [readRow(undefined)];
}

function readRow(saved: unknown): Row {
  const row: Readonly<Record<string, unknown>> =
    typeof saved === 'object' && saved !== null ? { ...saved } : {};
  return {
    field: word(row['field']),
    operator: word(row['operator']),
    value: row['value'] ?? '',
    ...(row['name'] === undefined ? {} : { name: word(row['name']) }),
    ...(row['path'] === undefined ? {} : { path: word(row['path']) }),
    ...(isTrue(row['ifPresent']) ? { ifPresent: true } : {}),
    ...(isTrue(row['ignoreCase']) ? { ignoreCase: true } : {}),
  };
}

function word(saved: unknown): string {
  return typeof saved === 'string' ? saved.trim() : '';
}

function isTrue(saved: unknown): boolean {
  return saved === true || saved === 'true';
}
