import { isFromEnvironment, textOf } from './text.editor.ts';

/** How the runtime reads a list that was written as one text. */
export type Split = (text: string) => readonly string[];

/** The whole text is the one entry. */
export const oneEntry: Split = (text) => (text.trim() === '' ? [] : [text.trim()]);

/** The entries of a list of texts, also where a flow written by hand holds them as one text. */
export function listedIn(saved: unknown, split: Split): readonly string[] {
  if (typeof saved === 'string') return isFromEnvironment(saved) ? oneEntry(saved) : split(saved);
  if (!Array.isArray(saved)) return [];
  return saved.map((entry) => textOf(entry).trim()).filter((entry) => entry !== '');
}

/**
 * What was saved, if the form says the same: only as one text can an environment variable hold several
 * entries.
 */
export function keptList(
  saved: unknown,
  read: readonly string[],
  split: Split,
): string | readonly string[] {
  const same = JSON.stringify(listedIn(saved, split)) === JSON.stringify(read);
  return typeof saved === 'string' && same ? saved : read;
}
