import { type ListName, readRule, type Row } from '../../src/condition/rule.ts';
import { type Draft, draftOf, rowOf, type Surroundings } from './draft.editor.ts';

/** The conditions of a list, and what becomes of each: who changes one makes another draft of it. */
export interface SavedRows {
  readonly drafts: readonly Draft[];
  /** The condition that a draft stands for. */
  readonly read: (draft: Draft) => Row;
  /** What is saved of it: what nobody has changed stays as it was written. */
  readonly save: (draft: Draft) => unknown;
}

export function openRows(name: ListName, list: unknown, around: Surroundings): SavedRows {
  const written: readonly unknown[] = Array.isArray(list) ? list : [];
  const kept = new WeakMap<Draft, { readonly row: Row; readonly saved: unknown }>();
  const drafts = readRule({ [name]: list })[name].map((row, index) => {
    const draft = draftOf(row, around);
    const saved = written[index];
    if (isRow(saved) && !takesZone(row, draft)) kept.set(draft, { row, saved });
    return draft;
  });
  return {
    drafts,
    read: (draft) => kept.get(draft)?.row ?? rowOf(draft),
    save: (draft) => kept.get(draft)?.saved ?? rowOf(draft),
  };
}

function isRow(saved: unknown): boolean {
  return typeof saved === 'object' && saved !== null;
}

/** A time without a zone gets the one at hand, which its form shows. */
function takesZone({ field, value }: Row, { time }: Draft): boolean {
  const zone = (value as { readonly timeZone?: unknown } | undefined)?.timeZone;
  return field === 'time' && zone !== time.timeZone;
}
