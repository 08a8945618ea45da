import type { AccountName } from '../../src/condition/sentence.ts';
import type { Words } from '../../src/condition/sentence-words.ts';
import { configName } from '../shared/labels.editor.ts';
import { sayFor } from '../shared/say.editor.ts';

export const say = sayFor('trigger-condition');

/** What a rule's sentence is made of, in the language of the editor. */
export const words: Words = (key, values) => say(`sentence.${key}`, values);

export const accountName: AccountName = (id) => configName(id) || undefined;
