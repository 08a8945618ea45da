import { english, type Words } from './en.ts';
import { italian } from './it.ts';

export type Language = 'en' | 'it';

const catalogues: Readonly<Record<Language, Words>> = { en: english, it: italian };

export const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'it', name: 'Italiano' },
];

export function wordsIn(language: Language): Words {
  return catalogues[language];
}

/** The first language of a list (as `navigator.languages`) that the page speaks; English when none. */
export function languageOf(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const [primary] = tag.toLowerCase().split('-');
    const known = languages.find(({ id }) => id === primary);
    if (known) return known.id;
  }
  return 'en';
}
