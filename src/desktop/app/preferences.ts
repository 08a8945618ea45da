import type { Preferences } from './model/desk-state.ts';
import { languageOf, languages, type Language } from './words/words.ts';

const place = 'agent-desktop';

/** What this browser remembers of its agent's choices. A browser that keeps nothing remembers nothing. */
export function readPreferences(): Partial<Preferences> {
  const kept = stored();
  const { sound, shortcuts } = kept;
  const language = languages.find(({ id }) => id === kept['language'])?.id;
  return {
    ...(typeof sound === 'boolean' && { sound }),
    ...(typeof shortcuts === 'boolean' && { shortcuts }),
    ...(language && { language }),
  };
}

export function keepPreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(place, JSON.stringify(preferences));
  } catch {
    // A frame in another site may have no storage: the choice then lasts as long as the page.
  }
}

/** The language that the desktop is set to, else the browser's. */
export function siteLanguage(): Language {
  const set = document.documentElement.dataset['language'];
  return languageOf(set === undefined ? navigator.languages : [set]);
}

function stored(): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
