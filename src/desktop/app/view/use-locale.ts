import { localeOf } from '../model/calendar.ts';
import { useLanguage } from './use-words.ts';

/** How this agent writes times. */
export function useLocale(): string {
  return localeOf(useLanguage(), navigator.languages);
}
