import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { english, type Words } from '../words/en.ts';

export interface Speech {
  readonly words: Words;
  /** How this agent writes times. */
  readonly locale: string;
}

export const SpeechContext = createContext<Speech>({ words: english, locale: 'en' });

/** The texts of the page in the agent's language. */
export function useWords(): Words {
  return useContext(SpeechContext).words;
}

export function useLocale(): string {
  return useContext(SpeechContext).locale;
}
