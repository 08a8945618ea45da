/** How two texts are brought into one form before they are compared. */
export type Fold = (text: string) => string;

/** The same characters however they were typed: é is é, in one code point or in two. */
export const exactly: Fold = (text) => text.normalize('NFC');

/** Upper case, because lower case depends on the letters around (Σ) and leaves ß unlike SS. */
export const withoutCase: Fold = (text) => exactly(exactly(text).toUpperCase());

/** For words out of a fixed set, such as Opened. */
export const asWord: Fold = (text) => withoutCase(text.trim());

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number that a text says in decimal notation; NaN for any other text. */
export function numberOf(text: string): number {
  const trimmed = text.trim();
  if (!decimal.test(trimmed)) return Number.NaN;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : Number.NaN;
}

/**
 * The entries of an array as they are, or of a text that parts them by commas or line ends, without
 * the blanks around them; empty ones fall away.
 */
export function listOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(scalarText).filter((entry) => entry.trim() !== '');
  const entries = scalarText(value).split(/[,\n]/);
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

/** A saved value as text: numbers and booleans may come as themselves, what is no scalar is empty. */
export function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
