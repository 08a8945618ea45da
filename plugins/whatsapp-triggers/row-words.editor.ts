import { configName } from '../../nodes/shared/labels.editor.ts';
import { sayFor } from '../../nodes/shared/say.editor.ts';
import type { Why } from '../../src/trace/why.ts';
import { reasonOf, type RowWords } from './reasons.editor.ts';
import { phrase } from './words.editor.ts';

/** Rows are told in the words of the form that they were made in. */
export const rowWords: RowWords = {
  say: sayFor('trigger-condition'),
  nameOf: (id) => configName(id) || id,
};

export function tellWhy(why: Why): readonly (Node | string)[] {
  const { key, values } = reasonOf(why, rowWords);
  return phrase(key, values);
}
