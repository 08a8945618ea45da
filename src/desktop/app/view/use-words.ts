import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { english, type Words } from '../words/en.ts';
import type { Language } from '../words/words.ts';

export interface Speech {
  readonly language: Language;
  readonly words: Words;
}

export const SpeechContext = createContext<Speech>({ language: 'en', words: english });

/** The texts of the page in the agent's language. */
export function useWords(): Words {
  return useContext(SpeechContext).words;
}

export function useLanguage(): Language {
  return useContext(SpeechContext).language;
}
